import { Store } from 'store-lite';
import type { Action, Middleware } from 'store-lite';
import { assertNever } from '../shared/invariant.ts';

interface Order {
  id: string;
  lines: { sku: string }[];
  customer: { name: string };
}

interface State {
  byId: Record<string, Order>;
  filter: { text: string } | null;
}

const initial: State = { byId: {}, filter: null };

function reducer(state: State, action: Action): State {
  switch (action.type) {
    case 'order/addLine': {
      const order = state.byId[action['id'] as string]!;
      const lines = order.lines.concat(action['line'] as { sku: string }); //@ orders-add-line: reducer
      return { ...state, byId: { ...state.byId, [order.id]: { ...order, lines } } };
    }
    case 'order/rename': {
      const customer = action['customer'] as { name: string };
      const name = customer.name.trim(); //@ orders-rename: reducer
      return { ...state, filter: { text: name } };
    }
    //+ case 'order/clear':
    //+   return { ...state, byId: {} };
    case 'order/unknown':
      return assertNever(action['payload'] as never); //@ orders-never: reducer <- helper-never
    default:
      return state;
  }
}

const audit: Middleware<State> = () => (next) => (action) => {
  if (action.type.startsWith('audit/')) {
    const by = action['by'] as { login: string };
    console.debug(by.login.length); //@ orders-audit-login: audit
  }
  next(action);
};

export const store = new Store<State>(reducer, initial, [audit]);

//=
export function addLine(v: number): void {
  store.dispatch({ type: 'order/addLine', id: v === 0 ? 'o-1' : 'o-77', line: { sku: 'x' } });
}

//=
export function addGift(v: number): void {
  //+ console.debug('gift');
  const id = `gift-${v}`;
  store.dispatch({ type: 'order/addLine', id, line: { sku: 'gift' } });
}

//=
export function rename(v: number): void {
  store.dispatch({ type: 'order/rename', customer: v === 0 ? undefined : { name: null } });
}

//=
export function renameLater(v: number): Promise<void> {
  return Promise.resolve().then(() => {
    store.dispatch({ type: 'order/rename', customer: v === 0 ? null : {} });
  });
}

//=
export function unknownAction(v: number): void {
  store.dispatch({ type: 'order/unknown', payload: v === 0 ? 'Blue mug' : { id: 12 } });
}

//=
export function auditChange(v: number): void {
  store.dispatch({ type: 'audit/change', by: v === 0 ? null : {} });
}

//=
export function selectFilter(state: State): string {
  return state.filter!.text.toLowerCase(); //@ orders-select-filter: selectFilter
}

//=
export function readFilter(): string {
  const text = selectFilter({ ...store.getState(), filter: null });
  return text || '-';
}

//=
export function readFilterTwice(): string[] {
  const state = { ...store.getState(), filter: null };
  return ['a', 'b'].map((name) => name + selectFilter(state));
}
