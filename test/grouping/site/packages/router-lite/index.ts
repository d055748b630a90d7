export type Handler = (params: Record<string, string>) => unknown;

interface Route {
  parts: string[];
  handler: Handler;
}

export class Router {
  private routes: Route[] = [];

  add(pattern: string, handler: Handler): this {
    this.routes.push({ parts: pattern.split('/'), handler });
    return this;
  }

  go(path: string): unknown {
    const parts = path.split('/');
    for (const route of this.routes) {
      const params = match(route.parts, parts);
      if (params) return route.handler(params);
    }
    throw new Error(`router-lite: no route matches ${path}`); //@ pkg-router-noroute: Router.go
  }
}

function match(pattern: string[], parts: string[]): Record<string, string> | null {
  if (pattern.length !== parts.length) return null;
  const params: Record<string, string> = {};
  for (const [index, part] of pattern.entries()) {
    const given = parts[index] ?? '';
    if (part.startsWith(':')) params[part.slice(1)] = given;
    else if (part !== given) return null;
  }
  return params;
}
