import { askDeliveryDate } from '../features/delivery-date.ts';
import { findCheapestParcels } from '../features/parcels.ts';
import { redeemVoucher } from '../features/voucher.ts';
import { hrefOf } from '../router.ts';
import { priceCart, type CartLine } from './api.ts';
import { cart, setQuantity } from './cart.ts';
import { Heading } from './heading.tsx';
import { money } from './money.ts';
import { Picture } from './picture.tsx';
import { useLoaded } from './use-loaded.ts';

export function CartPage() {
  const priced = useLoaded(JSON.stringify(cart.value), () => priceCart(cart.value));
  if (!priced) return <p aria-busy="true">Reckoning …</p>;
  if (!priced.lines.length) {
    return (
      <>
        <Heading title="Your cart is empty" />
        <p class="lead">
          <a href={hrefOf('/')}>Find a pot</a> that fits your shelf.
        </p>
      </>
    );
  }
  return (
    <>
      <Heading title="Cart" />
      <ul class="lines">
        {priced.lines.map((line) => (
          <Line key={line.product.id} line={line} />
        ))}
      </ul>
      <Voucher />
      <dl class="facts sums">
        <dt>Pots</dt>
        <dd class="price">{money(priced.goods)}</dd>
        <dt>Parcel</dt>
        <dd>
          <button type="button" name="parcels" class="link" onClick={findCheapestParcels}>
            Cheaper in fewer parcels?
          </button>{' '}
          <button type="button" name="delivery-date" class="link" onClick={askDeliveryDate}>
            When will it arrive?
          </button>{' '}
          <span class="price">{priced.shipping ? money(priced.shipping) : 'free'}</span>
        </dd>
        <dt>Together</dt>
        <dd class="price">{money(priced.total)}</dd>
      </dl>
      <p class="actions">
        <a class="primary" href={hrefOf('/checkout')}>
          To checkout
        </a>
      </p>
    </>
  );
}

function Line({ line }: { line: CartLine }) {
  const { product, quantity, total } = line;
  return (
    <li class="line">
      <Picture product={product.id} />
      <a href={hrefOf(`/pot/${product.id}`)}>{product.name}</a>
      <span class="stepper" role="group" aria-label={`Number of ${product.name}`}>
        <button type="button" aria-label="One fewer" onClick={() => setQuantity(product.id, quantity - 1)}>
          −
        </button>
        <output>{quantity}</output>
        <button type="button" aria-label="One more" onClick={() => setQuantity(product.id, quantity + 1)}>
          +
        </button>
      </span>
      <span class="price">{money(total)}</span>
    </li>
  );
}

function Voucher() {
  const redeem = (submit: SubmitEvent) => {
    submit.preventDefault();
    redeemVoucher();
  };
  return (
    <form class="voucher" onSubmit={redeem}>
      <label>
        Voucher
        <input name="voucher" autocomplete="off" placeholder="KILN10" />
      </label>
      <button type="submit" name="redeem">
        Redeem
      </button>
    </form>
  );
}
