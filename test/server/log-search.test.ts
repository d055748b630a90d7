import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { LogList } from '../../src/protocol/log-api.ts';
import type { LogRecord } from '../../src/protocol/log-record.ts';
import { batch, logRecord, send } from '../helpers/batches.ts';
import { startCollector, type TestCollector } from '../helpers/collector.ts';

let collector: TestCollector;

/** Every third says more words than the others, one in fifty is an error, one in 700 has a word of its own. */
const records: LogRecord[] = Array.from({ length: 6_000 }, (_, nth) =>
  logRecord({
    at: Date.now() - 60_000 + nth,
    level: nth % 50 === 0 ? 'error' : 'info',
    logger: nth % 3 === 0 ? 'shop.till' : 'shop',
    text: `order ${nth} paid${nth % 3 === 0 ? ' Café twice' : ''}${nth % 700 === 1 ? ` voucher${nth}` : ''}`,
    ...(nth % 4 === 0 && { data: { till: 'north' } }),
  }),
);

before(async () => {
  collector = await startCollector();
  for (let from = 0; from < records.length; from += 1_000) {
    await send(
      collector.endpoint,
      batch([], { records: records.slice(from, from + 1_000), session: `session-${from}` }),
    );
  }
});
after(() => collector.close());

async function walk(query: string): Promise<string[]> {
  const found: string[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: LogList = await collector.api(
      `/api/records?limit=200&query=${encodeURIComponent(query)}${cursor && `&cursor=${cursor}`}`,
    );
    found.push(...page.records.map(({ id }) => id));
    cursor = page.next;
  }
  return found;
}

const has = (text: string) => (record: LogRecord) => record.text.includes(text);
const isError = ({ level }: LogRecord) => level === 'error';

const searches: [query: string, isFound: (record: LogRecord) => boolean][] = [
  // In every record, in some, in few, in none.
  ['order', () => true],
  ['ord', () => true],
  ['cafe', has('Café')],
  ['voucher', has('voucher')],
  ['voucher1401', has('voucher1401')],
  ['nowhere', () => false],
  ['north', ({ data }) => data !== undefined],
  // Several: where one is rare, and where they meet nowhere.
  ['order paid', () => true],
  ['order voucher', has('voucher')],
  ['paid voucher1401 order', has('voucher1401')],
  ['"paid cafe twice"', has('Café')],
  ['"twice paid"', () => false],
  ['voucher nowhere', () => false],
  ['cafe voucher north', (record) => has('Café')(record) && has('voucher')(record) && record.data !== undefined],
  // Turned round, and with what is no word.
  ['-cafe', (record) => !has('Café')(record)],
  ['-order', () => false],
  ['voucher -cafe', (record) => has('voucher')(record) && !has('Café')(record)],
  ['order level:error', isError],
  ['cafe level:error', (record) => isError(record) && has('Café')(record)],
  ['voucher logger:shop.till', (record) => has('voucher')(record) && record.logger === 'shop.till'],
  ['order logger:nobody', () => false],
  ['-logger:nobody voucher', has('voucher')],
  [
    'voucher session:session-1000',
    (record) => has('voucher')(record) && records.indexOf(record) < 2_000 && records.indexOf(record) >= 1_000,
  ],
];

for (const [query, isFound] of searches) {
  test(`a search for ${query} finds all that it asks for among thousands, page by page`, async () => {
    const wanted = records.filter(isFound).toReversed();
    assert.deepEqual(
      await walk(query),
      wanted.map(({ id }) => id),
    );
  });
}
