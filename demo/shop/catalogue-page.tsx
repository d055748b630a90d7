import { hrefOf } from '../router.ts';
import { fetchProducts } from './api.ts';
import { Heading } from './heading.tsx';
import { money } from './money.ts';
import { Picture } from './picture.tsx';
import { useLoaded } from './use-loaded.ts';

export function CataloguePage() {
  const products = useLoaded('all', fetchProducts);
  return (
    <>
      <Heading title="Pots" />
      <p class="lead">Thrown one at a time, dipped once, fired twice. Every crack in the glaze is meant.</p>
      <ul class="shelf" aria-busy={products === null}>
        {products?.map((product) => (
          <li key={product.id}>
            <a class="card" href={hrefOf(`/pot/${product.id}`)}>
              <Picture product={product.id} />
              <span class="card-name">{product.name}</span>
              <span class="card-line">{product.line}</span>
              <span class="price">{product.stock ? money(product.price) : 'Sold out'}</span>
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}
