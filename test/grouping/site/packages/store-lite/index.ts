export interface Action {
  type: string;
  [key: string]: unknown;
}

export type Reducer<S> = (state: S, action: Action) => S;
export type Middleware<S> = (store: Store<S>) => (next: (action: Action) => void) => (action: Action) => void;

export class Store<S> {
  private state: S;
  private reducer: Reducer<S>;
  private listeners: (() => void)[] = [];
  private run: (action: Action) => void;

  constructor(reducer: Reducer<S>, initial: S, middleware: Middleware<S>[] = []) {
    this.reducer = reducer;
    this.state = initial;
    this.run = middleware.reduceRight<(action: Action) => void>(
      (next, each) => each(this)(next),
      (action) => this.commit(action),
    );
  }

  getState(): S {
    return this.state;
  }

  dispatch(action: Action): void {
    this.run(action);
  }

  subscribe(listener: () => void): void {
    this.listeners.push(listener);
  }

  private commit(action: Action): void {
    this.state = this.reducer(this.state, action);
    for (const listener of this.listeners) listener();
  }
}
