import { changeAddress } from '../features/address.ts';
import { openChat } from '../features/chat.ts';
import { showPounds } from '../features/currency.ts';
import { chooseGiftWrap } from '../features/gift-wrap.ts';
import { askDeliveryDate } from '../features/delivery-date.ts';
import { designPot } from '../features/designer.ts';
import { showNextFiring } from '../features/firing.ts';
import { downloadInvoice } from '../features/invoice.ts';
import { joinNewsletter } from '../features/newsletter.ts';
import { findCheapestParcels } from '../features/parcels.ts';
import { showDetail } from '../features/photos.ts';
import { readReviews } from '../features/reviews.ts';
import { openSizeGuide } from '../features/size-guide.ts';
import { notifyWhenBack } from '../features/stock-alert.ts';
import { checkStock } from '../features/stock.ts';
import { showSuggestions } from '../features/suggestions.ts';
import { trackParcel } from '../features/tracking.ts';
import { turnPot } from '../features/turntable.ts';
import { countVisitors } from '../features/visitors.ts';
import { redeemVoucher } from '../features/voucher.ts';
import { payByWallet } from '../features/wallet.ts';
import { addToWishList } from '../features/wish-list.ts';

/** A way to break the shop in one click. */
export interface Way {
  id: string;
  /** What the visitor does. */
  title: string;
  /** What a developer would call it. */
  kind: string;
  /** Where in the shop the same button stands. */
  place: string;
  /** What the visitor notices. */
  noticed: string;
  run: () => void | Promise<unknown>;
}

const sections: [place: string, ways: Omit<Way, 'place'>[]][] = [
  [
    'Pot',
    [
      {
        id: 'wish-list',
        title: 'Add to wish list',
        kind: 'error in a click handler',
        noticed: 'Nothing. The wish is gone.',
        run: addToWishList,
      },
      { id: 'size-guide', title: 'Size guide', kind: 'element is null', noticed: 'Nothing opens.', run: openSizeGuide },
      {
        id: 'stock',
        title: 'And in the store?',
        kind: 'connection cut',
        noticed: 'An excuse instead of a number.',
        run: checkStock,
      },
      { id: 'photos', title: 'Photo of the glaze', kind: 'image 404', noticed: 'A broken image.', run: showDetail },
      {
        id: 'reviews',
        title: 'Read reviews',
        kind: 'HTML where JSON should be',
        noticed: 'Nothing. It looks as if nobody had written one.',
        run: readReviews,
      },
      {
        id: 'suggestions',
        title: 'What goes with it?',
        kind: 'request answered 500',
        noticed: 'Nothing, and they buy one pot less.',
        run: showSuggestions,
      },
      {
        id: 'stock-alert',
        title: 'Tell me when it is back',
        kind: 'unhandled rejection',
        noticed: 'Nothing. They wait for a mail that never comes.',
        run: notifyWhenBack,
      },
      {
        id: 'turntable',
        title: 'Turn it around',
        kind: '100 errors in a loop',
        noticed: 'Nothing turns. The reports are a few, with a count.',
        run: turnPot,
      },
      {
        id: 'designer',
        title: 'Design your own',
        kind: 'chunk of the last deployment is gone',
        noticed: 'Nothing opens, until they reload.',
        run: designPot,
      },
    ],
  ],
  [
    'Cart',
    [
      {
        id: 'voucher',
        title: 'Redeem a voucher',
        kind: 'error in a timer',
        noticed: 'The price stays as it was.',
        run: redeemVoucher,
      },
      {
        id: 'parcels',
        title: 'Cheaper in fewer parcels?',
        kind: 'endless recursion',
        noticed: 'A short hitch, then nothing.',
        run: findCheapestParcels,
      },
      {
        id: 'delivery-date',
        title: 'When will it arrive?',
        kind: 'too slow, timed out',
        noticed: 'Nothing, for a second and a half and for ever.',
        run: askDeliveryDate,
      },
    ],
  ],
  [
    'Checkout',
    [
      {
        id: 'gift-wrap',
        title: 'Wrap it as a gift',
        kind: 'thrown string',
        noticed: 'The box is ticked; the pot comes unwrapped.',
        run: chooseGiftWrap,
      },
      {
        id: 'wallet',
        title: 'Pay with Purse',
        kind: 'caught, reported by hand',
        noticed: 'A polite sentence.',
        run: payByWallet,
      },
    ],
  ],
  [
    'Account',
    [
      {
        id: 'address',
        title: 'Change the address',
        kind: 'error with a cause',
        noticed: 'Nothing. The next parcel goes to the old flat.',
        run: changeAddress,
      },
      {
        id: 'invoice',
        title: 'Download an invoice',
        kind: 'promise without catch',
        noticed: 'No file arrives.',
        run: downloadInvoice,
      },
      {
        id: 'tracking',
        title: 'Track a parcel',
        kind: 'left during a request',
        noticed: 'The account opens. This one must not become a report.',
        run: trackParcel,
      },
    ],
  ],
  [
    'Everywhere',
    [
      {
        id: 'chat',
        title: 'Ask the potter',
        kind: 'callback from a third party',
        noticed: 'No chat opens.',
        run: openChat,
      },
      {
        id: 'currency',
        title: 'Prices in pounds',
        kind: 'script of another origin',
        noticed: 'Prices stay in euros. Most browsers hide the reason, too.',
        run: showPounds,
      },
      {
        id: 'visitors',
        title: 'How many are looking?',
        kind: 'script blocked by the CSP',
        noticed: 'No number appears.',
        run: countVisitors,
      },
      {
        id: 'firing',
        title: 'Next firing',
        kind: 'console.error, then an error',
        noticed: 'No date appears.',
        run: showNextFiring,
      },
      {
        id: 'newsletter',
        title: 'Join the newsletter',
        kind: 'a message, no error',
        noticed: 'A promise to think about it.',
        run: joinNewsletter,
      },
    ],
  ],
];

export const ways: Way[] = sections.flatMap(([place, list]) => list.map((way) => ({ ...way, place })));
