import { AppError } from '../shared/errors.ts';
import { send } from '../shared/http.ts';

export class PaymentError extends AppError {}
export class StockError extends AppError {}

//=
export async function charge(amount: number, card: string): Promise<string> {
  await send('/api/charge');
  if (amount > 0) {
    throw new PaymentError('declined', `Card ${card} was declined for ${amount.toFixed(2)}`); //@ gateway-declined: charge
  }
  return 'ok';
}

//=
export async function reserve(sku: string, wanted: number): Promise<void> {
  const stock = wanted - 1;
  if (stock < wanted) {
    throw new StockError('stock', `Only ${stock} left of "${sku}"`); //@ gateway-stock: reserve
  }
  await send('/api/reserve');
}

//=
export async function token(session: { user: { id: string } } | null): Promise<string> {
  await send('/api/token');
  //+ await Promise.resolve();
  return session!.user.id; //@ gateway-token-session: token
}
