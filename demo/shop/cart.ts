import { computed, effect, signal } from '@preact/signals';
import type { Quantities } from './api.ts';

const key = 'crackle-cart';

/** What is in the cart: product id to quantity. It lives as long as the tab. */
export const cart = signal<Quantities>(readCart());

export const cartCount = computed(() => Object.values(cart.value).reduce((sum, quantity) => sum + quantity, 0));

function readCart(): Quantities {
  const kept: unknown = JSON.parse(sessionStorage.getItem(key) ?? '{}');
  return kept as Quantities;
}

effect(() => sessionStorage.setItem(key, JSON.stringify(cart.value)));

export function addToCart(id: string): void {
  setQuantity(id, (cart.value[id] ?? 0) + 1);
}

/** Zero takes the product out. */
export function setQuantity(id: string, quantity: number): void {
  const { [id]: before, ...others } = cart.value;
  void before;
  cart.value = quantity > 0 ? { ...others, [id]: quantity } : others;
}

export function emptyCart(): void {
  cart.value = {};
}
