import * as cartView from './cart/cart-view.ts';
import { Cart, brokenCart } from './cart/cart.ts';
import type { Line } from './cart/cart.ts';
import * as checkout from './checkout/checkout.ts';
import * as timers from './checkout/timers.ts';
import * as pages from './catalog/pages.ts';
import * as numbers from './catalog/numbers.ts';
import * as objects from './catalog/objects.ts';
import * as text from './catalog/text.ts';
import * as tree from './catalog/tree.ts';
import * as ordersStore from './orders/orders-store.ts';
import * as ordersView from './orders/orders-view.ts';
import * as routes from './orders/orders-routes.ts';
import * as signup from './account/signup.ts';
import * as permissions from './account/permissions.ts';
import { Avatar, Banner, makeFrame, openGallery, showAvatar, avatarStyle } from './account/avatar.ts';
import * as settings from './account/settings.ts';
import * as board from './tasks/board.ts';
import * as sync from './tasks/sync.ts';
import * as editor from './tasks/editor.ts';
import { choose } from './shared/data.ts';

type Way = (v: number) => unknown;

/** Each bug by its name: the ways to it. */
const bugs = new Map<string, Way[]>();
const bug = (name: string, ...ways: Way[]) => bugs.set(name, ways);

bug(
  'cart-parse-json',
  (v) => Cart.parse(v === 0 ? '{"a": ' : 'undefined'),
  (v) => Cart.parse(v === 0 ? '' : '{a: 1}'),
);
bug('cart-total-product', cartView.renderTotal, cartView.renderBadge, (v) => brokenCart(v).discounted('SPRING'));
bug('cart-discount-apply', (v) => {
  const cart = new Cart();
  cart.discounts = choose(v, '{}', '{"WINTER": {}}');
  return cart.discounted('WINTER');
});
bug('cart-set-quantity', (v) => new Cart().setQuantity(`p${v}`, 3));
bug('cart-describe-destructure', (v) => new Cart().describe(`p${v}`));
bug('cart-coupon-expired', (v) =>
  new Cart().useCoupon(v ? 'SPRING-24' : 'X5', new Date(2025, v, 1), new Date(2026, 1, 1)),
);
bug(
  'cart-weight-getter',
  cartView.renderShipping,
  (v) => v + new Cart().add('x', choose<Line>(v, '{"product": {}}', '{"product": {"weight": null}}')).weight,
);
bug('cart-country-setter', (v) => {
  const cart = new Cart();
  cart.owner = choose(v, 'null', '{}');
  cart.country = 'de';
});
bug('cart-addall-iterable', (v) => new Cart().addAll(choose(v, '7', '{"a": 1}')));
bug(
  'cart-empty-invariant',
  () => new Cart().checkOut(),
  (v) => setTimeout(() => new Cart().checkOut(), v),
);
bug('cart-view-widest-cell', cartView.firstLabels, () =>
  cartView.widestCell([{ label: '', cells: choose(0, '[{}]', '') }]),
);
bug('cart-view-summary-chain', cartView.summary);
bug('cart-view-quick-add', (v) => cartView.quickAdd(v ? undefined : choose(0, 'null', ''), `p${v}`));
bug(
  'cart-view-handle-event',
  () => {
    const target = new EventTarget();
    target.addEventListener('remove', cartView.onRemoveClick);
    target.dispatchEvent(new Event('remove'));
  },
  () => cartView.onRemoveClick.handleEvent({ type: 'direct' }),
);
bug('gateway-declined', checkout.pay, checkout.payWrapped);
bug('gateway-stock', checkout.reserveWrapped);
bug('gateway-token-session', checkout.session, checkout.sessionTwice);
bug('checkout-lat-after-await', checkout.readLat, async (v) => Math.abs(await checkout.readLat(v)));
bug('checkout-profile-nick', checkout.loadProfile);
bug('checkout-all-member', checkout.prepare);
bug('checkout-finally-release', checkout.cleanUp);
bug('checkout-refuse-string', checkout.refuse);
bug('checkout-refuse-object', checkout.refuseObject);
bug('checkout-any-gateway', checkout.anyGateway);
bug('checkout-basket-json', checkout.readBasket);
bug('checkout-form-email', checkout.submit);
bug('timers-countdown', timers.startCountdown);
bug('timers-ticker', timers.startTicker);
bug('timers-microtask', timers.later);
bug('timers-save-draft', timers.typeDraft, timers.pasteDraft);
bug('pkg-poll-done', timers.waitForStock);
bug('timers-give-up', timers.giveUp);
bug('timers-abandon', timers.abandon, (v) => setTimeout(timers.abandon, 1, v));
bug('timers-slider', timers.onSlider);
bug('catalog-walk-generator', pages.listNames, pages.countNames);
bug('catalog-stream-generator', pages.readAll);
bug('catalog-sort-callback', pages.sortItems);
bug('catalog-reduce-empty', pages.mostStocked);
bug('catalog-tag-cloud', pages.tagCloud);
bug('catalog-available-stock', pages.availableNames, pages.firstAvailable);
bug('numbers-grid-length', numbers.makeGrid);
bug('numbers-fixed-digits', numbers.formatPrice);
bug('numbers-indent-repeat', numbers.indent);
bug('numbers-stamp-iso', numbers.stamp);
bug('numbers-money-currency', numbers.money);
bug('numbers-bigint-mix', numbers.addBig);
bug('numbers-bigint-parse', numbers.toBig);
bug('numbers-area-shape', numbers.area);
bug('numbers-radix', numbers.radix);
bug('numbers-code-point', numbers.codePoint);
bug('objects-in-operator', objects.isKnown);
bug('objects-instanceof', objects.isWidget);
bug('objects-not-constructor', objects.build);
bug('objects-tdz', objects.ready);
bug('objects-undeclared', objects.track);
bug('objects-frozen-write', objects.setTheme);
bug('objects-not-extensible', objects.addFlag);
bug('objects-delete-sealed', objects.forget);
bug('objects-getter-only', objects.setSize);
bug('objects-class-call', objects.callClass);
bug('objects-symbol-string', objects.label);
bug('objects-circular', objects.toJson);
bug('objects-weak-key', objects.weak);
bug('objects-clone', objects.copy);
bug('objects-define', objects.define);
bug('objects-proxy-get', objects.measure, (v) => objects.strictModel()[`size${v}`]);
bug('objects-detached-method', objects.detached);
bug('objects-spread-args', objects.spread);
bug('text-search-pattern', text.search);
bug('text-decode-uri', text.decode);
bug('text-normalize', text.compose);
bug('text-atob', text.unpack);
bug('text-url', text.link);
bug('text-selector', text.find);
bug('text-append', text.show);
bug('text-missing-element', text.titleOf);
bug('text-attribute', text.attribute);
bug('text-tagged-template', text.greet);
bug('text-default-param', text.monogram);
bug('text-switch-case', text.kindOf);
bug('tree-depth-recursion', tree.endless, tree.endlessDeep);
bug('tree-mutual-recursion', tree.parity);
bug('tree-labels-nested', tree.shallowLabels, tree.deepLabels);
bug('orders-add-line', ordersStore.addLine, ordersStore.addGift);
bug('orders-rename', ordersStore.rename, ordersStore.renameLater);
bug('orders-never', ordersStore.unknownAction);
bug('orders-audit-login', ordersStore.auditChange);
bug('orders-select-filter', ordersStore.readFilter, ordersStore.readFilterTwice);
bug('orders-row-total', ordersView.showOrders, ordersView.showOneOrder);
bug('orders-clock-effect', ordersView.showClock);
bug('orders-heading-text', ordersView.showHeading);
bug('routes-paid-invoice', routes.paid, routes.paidLater);
bug('routes-sent-carrier', routes.sent);
bug('routes-order-status', routes.openOrder);
bug('routes-help-topic', routes.openHelp, routes.helpLink);
bug('routes-noroute-account', routes.openAccount);
bug('routes-noroute-report', routes.openReport);
bug('routes-nobody-returned', routes.returned);
bug('routes-nobody-cancelled', routes.cancelled);
bug('routes-nodata-order', routes.cachedOrder);
bug('routes-nodata-customer', routes.cachedCustomer);
bug('routes-query-totals', routes.queryTotals);
bug('signup-validate', signup.signUp);
bug('signup-required-email', signup.requireEmail);
bug('signup-columns', signup.columns);
bug('signup-missing-user', signup.showUser, signup.editUser);
bug('signup-greet-user', signup.greetUser);
bug('signup-plan-invariant', signup.choosePlan);
bug('signup-change-plan', signup.changePlan);
bug('signup-birth-day', signup.birthDay);
bug('signup-expiry-day', signup.expiryDay);
bug('signup-invited-unwrap', signup.invitedBy);
bug('signup-plan-unwrap', signup.firstPlan);
bug('signup-find-team', signup.findTeam);
bug('signup-find-invoice', signup.findInvoice);
bug('signup-load-order', signup.loadOrder);
bug('signup-load-prices', signup.loadPrices);
bug('permissions-edit', permissions.editPage, permissions.editMenu);
bug('permissions-delete', permissions.deletePage);
bug('avatar-load', (v) => new Avatar().load(v));
bug('banner-load', (v) => new Banner().load(v));
bug('avatar-url-getter', showAvatar, avatarStyle);
bug('gallery-field-order', openGallery);
bug('base-constructor', makeFrame);
bug('settings-version', settings.readSettings);
bug('settings-sync', settings.syncSettings);
bug('settings-import', settings.importSettings);
bug('settings-shortcut', settings.bindShortcut);
bug('settings-color', settings.color);
bug('settings-shortcut-join', settings.shortcutList);
bug('settings-curried-reader', settings.readFont, settings.readZoom);
bug('settings-save-all', settings.saveAll);
bug('settings-migrate-destructure', settings.migrate);
bug('report-author', async (v) => (await import('./lazy/report.ts')).authorOf(v));
bug('report-sum-rows', async (v) => (await import('./lazy/report.ts')).sumRows(v));
bug('report-print-pages', async (v) => (await import('./lazy/report.ts')).printReport(v));
bug('legacy-module-level', async () => (await import('./lazy/legacy.ts')).pluginNames);

bug('board-move-source', (v) => board.boardOf('[]').move(`c${v}`, v, 1));
bug('board-move-card', (v) => board.boardOf('[{"cards": []}]').move(`c${v}`, 0, 0));
bug('board-move-target', (v) => board.boardOf('[{"cards": [{"id": "c0"}, {"id": "c1"}]}]').move(`c${v}`, 0, 4));
bug('board-rename-card', (v) => board.boardOf('[{"cards": []}]').rename(v === 0 ? 'a-1' : 'b', 'x'));
bug('board-lead-team', (v) =>
  board
    .boardOf(
      v === 0 ? '[{"cards": [{"id": "a", "owner": {}}]}]' : '[{"cards": [{"id": "a", "owner": {"team": null}}]}]',
    )
    .leadOf('a'),
);
bug(
  'board-limit-unwrap',
  (v) => board.boardOf('[{}, {"limit": null}]').limitOf(v),
  (v) => 1 + board.boardOf('[{}, {}]').limitOf(v),
);
bug(
  'board-undo',
  () => `${board.boardOf('[]').undo()}!`,
  (v) => setTimeout(() => [board.boardOf('[]').undo()], v),
);
bug('board-redo', () => `${board.boardOf('[]').redo([])}!`);
bug('board-check-limit', board.checkLimit);
bug('board-due-day', board.dueDay);
bug('board-due-clock', board.dueClock);
bug('board-save-card', board.saveCard);
bug('board-labels-join', board.exportLabels, board.printLabels);
bug('board-owner-index', board.ownerIndex);
bug('board-group-owner', board.groupByOwner);
bug('sync-apply-rows', sync.pull, sync.pullTwice);
bug('sync-apply-conflict', sync.pullConflict, sync.pullWrapped);
bug('sync-push-receipt', sync.push);
bug('sync-push-refused', sync.pushAll);
bug('sync-online-handlers', sync.connect);
bug('sync-schedule-delay', sync.schedule);
bug('sync-batches-size', sync.countBatches, sync.firstBatch);
bug('sync-cursor-next', sync.saveCursor, sync.showCursor);
bug('sync-decode-token', sync.decodeToken);
bug('sync-parse-change', sync.parseChange);
bug('sync-locale', sync.localeOf);
bug('sync-zone', sync.zoneTime);
bug('sync-remember-weak', sync.remember);
bug('sync-plugin-call', sync.pluginOf);
bug('sync-late-config', sync.lateConfig);
bug('editor-render-text', editor.renderText);
bug('editor-render-link', editor.renderLink);
bug('editor-render-unknown', editor.renderUnknown);
bug('editor-selection-length', editor.showSelection);
bug('editor-selection-negative', editor.backwards);
bug('editor-paste-types', editor.onPaste);
bug('editor-find-pattern', editor.findAll);
bug('editor-table-length', editor.makeTable);
bug('editor-center-repeat', editor.center);
bug('editor-mount-before', editor.mount);
bug('editor-unmount-child', editor.unmount);
bug('editor-freeze-style', editor.freezeStyle);
bug('editor-sum-big', editor.sumBig);
bug('editor-autosave-version', editor.autosave);
bug('editor-nested-value', editor.nested);

Object.assign(globalThis, {
  bugNames: [...bugs].map(([name, ways]) => [name, ways.length]),
});

// A test page asks for a bug by an event, as a framework's dispatcher would.
addEventListener('bug', (event) => {
  const { name, way, v } = (event as CustomEvent<{ name: string; way: number; v: number }>).detail;
  setTimeout(() => {
    const done = bugs.get(name)![way]!(v);
    void done;
  });
});
