import { choose } from '../shared/data.ts';
import { invariant } from '../shared/invariant.ts';

export interface Product {
  name: string;
  price: number;
  weight?: { grams: number };
}

export interface Line {
  product: Product;
  quantity: number;
}

type Discount = { apply(total: number): number };

export class CouponError extends Error {
  override name = 'CouponError';
}

export class Cart {
  lines = new Map<string, Line>();
  discounts: Record<string, Discount> = {};
  owner: { address: { country: string } } | null = null;
  #locked = false;

  static parse(text: string): Cart {
    const cart = new Cart();
    const saved = JSON.parse(text) as Record<string, Line>; //@ cart-parse-json: Cart.parse
    for (const [id, line] of Object.entries(saved)) {
      cart.lines.set(id, line);
    }
    return cart;
  }

  add(id: string, line: Line): this {
    this.lines.set(id, line);
    return this;
  }

  total(): number {
    let sum = 0;
    //+ const started = performance.now();
    for (const line of this.lines.values()) {
      const price = line.product.price; //@ cart-total-product: Cart.total
      sum += price * line.quantity;
    }
    //+ if (performance.now() - started > 1000) console.warn('slow cart');
    return sum;
  }

  //+ count(): number {
  //+   let all = 0;
  //+   for (const line of this.lines.values()) all += line.quantity;
  //+   return all;
  //+ }

  discounted(code: string): number {
    const total = this.total();
    const discount = this.discounts[code];
    return discount!.apply(total); //@ cart-discount-apply: Cart.discounted
  }

  setQuantity(id: string, quantity: number): void {
    const line = this.lines.get(id);
    line!.quantity = quantity; //@ cart-set-quantity: Cart.setQuantity
  }

  describe(id: string): string {
    const { product, quantity } = this.lines.get(id) as Line; //@ cart-describe-destructure: Cart.describe
    return `${quantity} x ${product.name}`;
  }

  useCoupon(code: string, until: Date, now: Date): void {
    if (this.#locked) return;
    const days = Math.floor((now.getTime() - until.getTime()) / 86_400_000);
    if (days > 0) {
      throw new CouponError(`Coupon ${code} expired ${days} days ago, on ${until.toISOString()}`); //@ cart-coupon-expired: Cart.useCoupon
    }
    this.#locked = true;
  }

  get weight(): number {
    let grams = 0;
    for (const { product, quantity } of this.lines.values()) {
      grams += product.weight!.grams * quantity; //@ cart-weight-getter: Cart.weight
    }
    return grams;
  }

  set country(code: string) {
    this.owner!.address.country = code.toUpperCase(); //@ cart-country-setter: Cart.country
  }

  addAll(lines: Iterable<[string, Line]>): void {
    for (const [id, line] of lines) { //@ cart-addall-iterable: Cart.addAll
      this.add(id, line);
    }
  }

  checkOut(): { lines: number; total: number } {
    invariant(this.lines.size > 0, 'The cart is empty'); //@ cart-empty-invariant: Cart.checkOut <- helper-invariant
    return { lines: this.lines.size, total: this.total() };
  }

  isLocked(): boolean {
    return this.#locked;
  }
}

//=
export function brokenCart(v: number): Cart {
  const line = choose<Line>(v, '{"product": null, "quantity": 1}', '{"quantity": 3}');
  return new Cart().add('a1', line);
}

//=
export function lightCart(v: number): Cart {
  const line = choose<Line>(
    v,
    '{"product": {"name": "Mug", "price": 4}, "quantity": 1}',
    '{"product": {"name": "Pen", "price": 2, "weight": null}, "quantity": 7}',
  );
  return new Cart().add('b2', line);
}
