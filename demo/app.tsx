import { useEffect, useRef } from 'preact/hooks';
import { Panel } from './panel/panel.tsx';
import { followLinks, path, segments } from './router.ts';
import { AccountPage } from './shop/account-page.tsx';
import { CartPage } from './shop/cart-page.tsx';
import { CataloguePage } from './shop/catalogue-page.tsx';
import { CheckoutPage } from './shop/checkout-page.tsx';
import { Footer } from './shop/footer.tsx';
import { Header } from './shop/header.tsx';
import { ProductPage } from './shop/product-page.tsx';
import { notice, say } from './shop/notice.ts';
import { ThanksPage } from './shop/thanks-page.tsx';

function Page() {
  const [section, id = ''] = segments.value;
  switch (section) {
    case undefined:
      return <CataloguePage />;
    case 'pot':
      return <ProductPage key={id} id={id} />;
    case 'cart':
      return <CartPage />;
    case 'checkout':
      return <CheckoutPage />;
    case 'thanks':
      return <ThanksPage order={id} />;
    case 'account':
      return <AccountPage />;
    default:
      return <h1>There is nothing on this shelf</h1>;
  }
}

/** The shop, and beside it the panel that breaks it and shows what arrives. */
export function App() {
  const main = useRef<HTMLElement>(null);
  const here = path.value;
  const first = useRef(true);

  // A new page is announced by its heading, as a loaded document would be.
  useEffect(() => {
    say('');
    if (!first.current) main.current?.querySelector('h1')?.focus();
    first.current = false;
  }, [here]);

  return (
    <div class="layout" onClick={followLinks}>
      <a class="skip" href="#shop">
        Skip to the shop
      </a>
      <div class="shop">
        <Header />
        <p class="notice" role="status">
          {notice.value}
        </p>
        <main id="shop" ref={main}>
          <Page />
        </main>
        <Footer />
      </div>
      <Panel />
    </div>
  );
}
