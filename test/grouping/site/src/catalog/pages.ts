import { choose } from '../shared/data.ts';

export interface Item {
  name: string;
  tags: string[];
  stock: { count: number };
}

interface Page {
  items: Item[];
  next: { url: string } | null;
}

//=
export function* walk(pages: Page[]): Generator<string> {
  for (const page of pages) {
    for (const item of page.items) {
      yield item.name.trim(); //@ catalog-walk-generator: walk
    }
  }
}

//=
export function listNames(v: number): string[] {
  const pages = choose<Page[]>(v, '[{"items": [null]}]', '[{"items": [{"tags": []}]}]');
  return [...walk(pages)];
}

//=
export function countNames(v: number): number {
  const pages = choose<Page[]>(v, '[{"items": [null]}]', '[{"items": [{"name": 4}]}]');
  let count = 0;
  for (const name of walk(pages)) {
    count += name.length;
  }
  return count;
}

//=
async function* stream(pages: Page[]): AsyncGenerator<string> {
  for (const page of pages) {
    await Promise.resolve();
    yield page.next!.url.slice(1); //@ catalog-stream-generator: stream
  }
}

//=
export async function readAll(v: number): Promise<string> {
  let all = '';
  for await (const url of stream(choose<Page[]>(v, '[{"next": null}]', '[{}]'))) {
    all += url;
  }
  return all;
}

//=
export function sortItems(v: number): Item[] {
  const items = choose<Item[]>(v, '[{"name": null}, {"name": null}]', '[{}, {}, {}]');
  return items.sort((a, b) => {
    const left = a.name.toLowerCase(); //@ catalog-sort-callback: sortItems
    return left < b.name ? -1 : 1;
  });
}

//=
export function mostStocked(v: number): string {
  const items = choose<Item[]>(v, '[]', '[]');
  const filled = items.filter((item) => item.stock.count > 0);
  const best = filled.reduce((a, b) => (a.stock.count > b.stock.count ? a : b)); //@ catalog-reduce-empty: mostStocked
  return best.name.trim();
}

//=
export function tagCloud(v: number): string[] {
  const items = choose<Item[]>(v, '[{"name": "a"}]', '[{"name": "a", "tags": []}, {"tags": null}]');
  return items.flatMap((item) =>
    item.tags.filter((tag) => tag.length > 1), //@ catalog-tag-cloud: tagCloud
  );
}

//=
export function isAvailable(item: Item): boolean {
  const { count } = item.stock; //@ catalog-available-stock: isAvailable
  return count > 0;
}

//=
export function availableNames(v: number): string[] {
  const items = choose<Item[]>(v, '[{"name": "x"}]', '[{"name": "y", "stock": null}]');
  return items.filter(isAvailable).map((item) => item.name);
}

//=
export function firstAvailable(v: number): string {
  const item = choose<Item>(v, '{"name": "x"}', '{"name": "y", "stock": null}');
  //+ console.debug('first', item.name);
  return isAvailable(item) ? item.name : '-';
}
