import { changeAddress } from '../features/address.ts';
import { downloadInvoice } from '../features/invoice.ts';
import { trackParcel } from '../features/tracking.ts';
import { fetchAccount, type Order } from './api.ts';
import { Heading } from './heading.tsx';
import { money } from './money.ts';
import { useLoaded } from './use-loaded.ts';

export function AccountPage() {
  const account = useLoaded('me', fetchAccount);
  if (!account) return <p aria-busy="true">Opening the ledger …</p>;
  return (
    <>
      <Heading title="Account" />
      <dl class="facts">
        <dt>Name</dt>
        <dd>{account.name}</dd>
        <dt>E-mail</dt>
        <dd>{account.email}</dd>
        <dt>Address</dt>
        <dd>
          {account.address}{' '}
          <button type="button" name="change-address" class="link" onClick={changeAddress}>
            Change
          </button>
        </dd>
      </dl>
      <h2>Orders</h2>
      <ul class="orders">
        {account.orders.map((order) => (
          <OrderLine key={order.number} order={order} />
        ))}
      </ul>
    </>
  );
}

function OrderLine({ order }: { order: Order }) {
  return (
    <li>
      <strong>{order.number}</strong>
      <span>{order.placed}</span>
      <span>{order.state}</span>
      <span class="price">{money(order.total)}</span>
      <span class="order-actions">
        <button type="button" name="invoice" class="link" onClick={downloadInvoice}>
          Invoice
        </button>
        <button type="button" name="track" class="link" onClick={trackParcel}>
          Track
        </button>
      </span>
    </li>
  );
}
