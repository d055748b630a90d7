export class AppError extends Error {
  code: string;
  constructor(code: string, message: string, options?: { cause?: unknown }) {
    super(message, options as ErrorOptions);
    this.name = this.constructor.name;
    this.code = code;
  }
}

export class NotFoundError extends AppError {
  constructor(kind: string, id: string) {
    super('not-found', `There is no ${kind} ${id}`);
  }
}

export class HttpError extends AppError {
  status: number;
  constructor(method: string, path: string, status: number) {
    super('http', `${method} ${path} answered ${status}`);
    this.status = status;
  }
}

//=
export function notFound(kind: string, id: string): NotFoundError {
  return new NotFoundError(kind, id); //@ make-notfound: notFound
}

//=
export function raise(message: string): never {
  //+ console.debug('raising', message.length);
  throw new AppError('raised', message); //@ helper-raise: raise
}
