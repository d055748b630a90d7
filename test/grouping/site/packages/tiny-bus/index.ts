type Handler = (payload: unknown) => unknown;

export class Bus {
  private handlers = new Map<string, Handler[]>();
  private strict: boolean;

  constructor(options: { strict?: boolean } = {}) {
    this.strict = options.strict ?? false;
  }

  on(name: string, handler: Handler): () => void {
    const list = this.handlers.get(name) ?? [];
    list.push(handler);
    this.handlers.set(name, list);
    return () => this.off(name, handler);
  }

  off(name: string, handler: Handler): void {
    const list = this.handlers.get(name);
    if (list) this.handlers.set(name, list.filter((each) => each !== handler));
  }

  emit(name: string, payload?: unknown): void {
    const list = this.handlers.get(name);
    if (!list) {
      if (this.strict) {
        throw new Error(`tiny-bus: nobody listens to "${name}"`); //@ pkg-bus-nobody: Bus.emit
      }
      return;
    }
    list.forEach((handler) => {
      handler(payload);
    });
  }
}
