import { trackParcel } from '../features/tracking.ts';
import { hrefOf } from '../router.ts';
import { Heading } from './heading.tsx';

export function ThanksPage({ order }: { order: string }) {
  return (
    <>
      <Heading title="Thank you" />
      <p class="lead">Order {order} is on its way out of the kiln. No money has moved, and no pot will.</p>
      <p class="actions">
        <button type="button" name="track" onClick={trackParcel}>
          Track the parcel
        </button>
        <a href={hrefOf('/')}>Back to the pots</a>
      </p>
    </>
  );
}
