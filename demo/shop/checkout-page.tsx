import { useState } from 'preact/hooks';
import { payByWallet } from '../features/wallet.ts';
import { chooseGiftWrap } from '../features/gift-wrap.ts';
import { hrefOf, navigate } from '../router.ts';
import { placeOrder, type Buyer } from './api.ts';
import { cart, cartCount, emptyCart } from './cart.ts';
import { checkBuyer, fields, type Mistakes } from './check-buyer.ts';
import { Heading } from './heading.tsx';

export function CheckoutPage() {
  const [mistakes, setMistakes] = useState<Mistakes>({});
  if (!cartCount.value) return <NothingToPay />;

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (!(event.target instanceof HTMLFormElement)) return;
    const buyer = Object.fromEntries(new FormData(event.target)) as unknown as Buyer;
    const found = checkBuyer(buyer);
    setMistakes(found);
    const [wrong] = Object.keys(found);
    if (wrong) return document.getElementById(wrong)?.focus();
    const order = await placeOrder(cart.value, buyer);
    emptyCart();
    navigate(`/thanks/${order.number}`);
  };

  return (
    <>
      <Heading title="Checkout" />
      <p class="actions">
        <button type="button" name="purse" onClick={payByWallet}>
          Pay with Purse, in one click
        </button>
        <span class="hint">or tell us where it goes:</span>
      </p>
      <form class="checkout" noValidate onSubmit={submit}>
        {fields.map((field) => (
          <Field key={field.name} field={field} mistake={mistakes[field.name]} />
        ))}
        <label class="check">
          <input type="checkbox" name="gift" onChange={chooseGiftWrap} /> Wrap it as a gift
        </label>
        <p class="actions">
          <button type="submit" name="order" class="primary">
            Place the order
          </button>
        </p>
      </form>
    </>
  );
}

function Field({ field, mistake }: { field: (typeof fields)[number]; mistake: string | undefined }) {
  const { name, label, autocomplete, inputMode } = field;
  return (
    <div class={`field field-${name}`}>
      <label for={name}>{label}</label>
      <input
        id={name}
        name={name}
        type="text"
        inputMode={inputMode}
        autocomplete={autocomplete}
        aria-invalid={Boolean(mistake)}
        aria-describedby={mistake ? `${name}-mistake` : undefined}
      />
      {mistake && (
        <p class="mistake" id={`${name}-mistake`}>
          {mistake}
        </p>
      )}
    </div>
  );
}

function NothingToPay() {
  return (
    <>
      <Heading title="Nothing to pay for yet" />
      <p class="lead">
        Your cart is empty. <a href={hrefOf('/')}>Find a pot first.</a>
      </p>
    </>
  );
}
