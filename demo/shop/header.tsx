import { showPounds } from '../features/currency.ts';
import { hrefOf, path } from '../router.ts';
import { cartCount } from './cart.ts';

const links = [
  ['/', 'Pots'],
  ['/account', 'Account'],
] as const;

export function Header() {
  return (
    <header class="masthead">
      <a class="brand" href={hrefOf('/')}>
        Crackle
      </a>
      <p class="claim">Stoneware that has survived the kiln</p>
      <nav aria-label="Shop">
        {links.map(([target, name]) => (
          <a key={target} href={hrefOf(target)} aria-current={path.value === target ? 'page' : undefined}>
            {name}
          </a>
        ))}
        <a class="cart-link" href={hrefOf('/cart')} aria-current={path.value === '/cart' ? 'page' : undefined}>
          Cart <span class="count">{cartCount.value}</span>
        </a>
        <button type="button" name="pounds" class="link plain" onClick={showPounds}>
          Prices in £
        </button>
        <a class="to-panel" href="#panel">
          Break it
        </a>
      </nav>
    </header>
  );
}
