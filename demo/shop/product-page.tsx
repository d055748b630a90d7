import { checkStock } from '../features/stock.ts';
import { notifyWhenBack } from '../features/stock-alert.ts';
import { readReviews } from '../features/reviews.ts';
import { openSizeGuide } from '../features/size-guide.ts';
import { showSuggestions } from '../features/suggestions.ts';
import { addToWishList } from '../features/wish-list.ts';
import { designPot } from '../features/designer.ts';
import { turnPot } from '../features/turntable.ts';
import { showDetail } from '../features/photos.ts';
import { hrefOf, navigate } from '../router.ts';
import { fetchProduct, type Product } from './api.ts';
import { addToCart } from './cart.ts';
import { Heading } from './heading.tsx';
import { money } from './money.ts';
import { Picture } from './picture.tsx';
import { useLoaded } from './use-loaded.ts';

export function ProductPage({ id }: { id: string }) {
  const product = useLoaded(id, () => fetchProduct(id));
  if (!product) return <p aria-busy="true">Fetching it from the shelf …</p>;
  return (
    <>
      <p class="crumbs">
        <a href={hrefOf('/')}>All pots</a>
      </p>
      <article class="product">
        <div class="stage" id="photos">
          <Picture product={product.id} label={`${product.name}: ${product.line}`} />
        </div>
        <div>
          <Heading title={product.name} />
          <p class="lead">{product.description}</p>
          <Facts product={product} />
          <Buy product={product} />
          <More />
        </div>
      </article>
    </>
  );
}

function Facts({ product }: { product: Product }) {
  return (
    <dl class="facts">
      <dt>Price</dt>
      <dd class="price">{money(product.price)}</dd>
      <dt>Size</dt>
      <dd>
        {product.size}{' '}
        <button type="button" name="size-guide" class="link" onClick={openSizeGuide}>
          Size guide
        </button>
      </dd>
      <dt>In the workshop</dt>
      <dd>
        {product.stock || 'none'}{' '}
        <button type="button" name="store-stock" class="link" onClick={checkStock}>
          And in the store?
        </button>
      </dd>
    </dl>
  );
}

function Buy({ product }: { product: Product }) {
  const buy = () => {
    addToCart(product.id);
    navigate('/cart');
  };
  return (
    <p class="actions">
      {product.stock ? (
        <button type="button" name="buy" class="primary" onClick={buy}>
          Add to cart
        </button>
      ) : (
        <button type="button" name="stock-alert" class="primary" onClick={notifyWhenBack}>
          Tell me when it is back
        </button>
      )}
      <button type="button" name="wish-list" onClick={addToWishList}>
        Add to wish list
      </button>
    </p>
  );
}

function More() {
  return (
    <p class="actions">
      <button type="button" name="photo" class="quiet" onClick={showDetail}>
        Photo of the glaze
      </button>
      <button type="button" name="reviews" class="quiet" onClick={readReviews}>
        Read reviews
      </button>
      <button type="button" name="turn" class="quiet" onClick={turnPot}>
        Turn it around
      </button>
      <button type="button" name="design" class="quiet" onClick={designPot}>
        Design your own
      </button>
      <button type="button" name="suggestions" class="quiet" onClick={showSuggestions}>
        What goes with it?
      </button>
    </p>
  );
}
