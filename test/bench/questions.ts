import type { EventList, IssueList, StoredEvent } from '../../src/protocol/api.ts';
import type { LogList } from '../../src/protocol/log-api.ts';
import { writeCursor } from '../../src/server/routes/cursor.ts';
import { createRandom } from '../helpers/random.ts';
import type { CollectorUnderLoad } from './collector-under-load.ts';

export interface Question {
  name: string;
  /** As the description of the API has it. */
  route: string;
  /** Within how many ms 95 of 100 are answered. */
  goal: number;
  /** Another each time where that makes a difference. */
  path(): string;
  /** Of a stream: from where on what was missed is told; the time is that of the first of it. */
  lastEventId?: string;
}

export const [listGoal, searchGoal] = [50, 100];
const project = 1;
const browsers = ['Chrome', 'Firefox', 'Safari', 'Edge'];
const words = ['cart', 'voucher', 'wallet', 'invoice', 'render', 'submit', 'parcel', 'photo'];
const random = createRandom(7);

const withQuery = (path: string, fields: Record<string, string | number | undefined>) => {
  const given = Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
  return given.length > 0 ? `${path}?${new URLSearchParams(given)}` : path;
};

/** Every list, filter and page of the API. */
export async function questionsFor({ api }: Pick<CollectorUnderLoad, 'api'>): Promise<Question[]> {
  return [
    ...(await aboutIssues(api)),
    ...(await aboutEvents(api)),
    ...aboutProject(),
    ...aboutPeople(),
    ...(await aboutRecords(api)),
  ];
}

type Api = CollectorUnderLoad['api'];

async function aboutIssues(api: Api): Promise<Question[]> {
  const route = '/api/issues';
  const sorts = ['lastSeen', 'firstSeen', 'events', 'users', 'trend'];
  const list = (name: string, fields: Record<string, string | number> | (() => Record<string, string | number>)) => {
    const path = () => withQuery(route, { limit: 25, ...(typeof fields === 'function' ? fields() : fields) });
    return { name, route, goal: listGoal, path };
  };
  const search = (name: string, query: string | (() => string), more = {}) =>
    list(name, () => ({ query: typeof query === 'function' ? query() : query, ...more }));
  const text = (...args: Parameters<typeof search>) => ({ ...search(...args), goal: searchGoal });
  const found: Question[] = [];
  for (const sort of sorts) {
    const first = await api<IssueList>(withQuery(route, { limit: 25, sort }));
    let far = first.next;
    for (let page = 0; page < 15; page++) {
      far = (await api<IssueList>(withQuery(route, { limit: 500, sort, cursor: far ?? '' }))).next ?? far;
    }
    found.push(
      list(`issues by ${sort}`, { sort }),
      list(`issues by ${sort}, second page`, { sort, cursor: first.next ?? '' }),
      list(`issues by ${sort}, far page`, { sort, cursor: far ?? '' }),
      list(`issues by ${sort}, unresolved, of a project`, { sort, status: 'unresolved', project }),
      search(`issues by ${sort}, of a browser`, () => `browser:${random.pick(browsers)}`, { sort }),
      search(`issues by ${sort}, of a rare page`, () => `url:/cart/${random.below(5_000)}`, { sort }),
      text(`issues by ${sort}, one word`, () => random.pick(words), { sort }),
      text(`issues by ${sort}, two letters`, 'ca', { sort }),
    );
  }
  const filters: [name: string, query: string | (() => string)][] = [
    ['of a release', () => `release:1.${random.below(30)}.0`],
    ['of an environment', 'environment:staging'],
    ['of a system', 'os:Windows'],
    ['of a device', 'device:tablet'],
    ['of a browser’s version', () => `browser:"Chrome ${100 + random.below(40)}.0"`],
    ['of a tag', () => `tag:plan:${random.pick(['gold', 'free', 'trial'])}`],
    ['of a level', 'level:error'],
    ['of many pages', 'url:/cart'],
    ['of two values', 'os:Windows tag:plan:gold'],
    ['of five values', 'os:Windows tag:plan:gold browser:Chrome release:1.2 environment:production'],
    ['of a common and a rare value', () => `os:Windows url:/price/${random.below(5_000)}`],
    ['without a common value', '-environment:staging'],
    ['without a rare value', () => `-url:/price/${random.below(5_000)}`],
    ['without two values', '-os:Windows -tag:plan:gold'],
    ['of a value that is not there', 'browser:Netscape'],
    ['that are assigned', 'is:assigned'],
    ['that are not assigned', 'is:unassigned'],
    ['that are mine', 'is:mine'],
    ['of a person', 'assigned:grace'],
    ['without a person', '-assigned:grace'],
    ['with many events', 'events:>1000'],
    ['with one event', 'events:1'],
    ['with few users', 'users:<=3'],
    ['resolved', 'is:resolved'],
    ['not resolved', '-is:resolved'],
    ['of states, counts and values', 'is:unresolved is:unassigned events:>10 users:>5 browser:Firefox -os:iOS'],
  ];
  const texts: [name: string, query: string | (() => string)][] = [
    ['one letter', 'c'],
    ['three letters', () => random.pick(['car', 'voi', 'inv', 'ren', 'sub', 'pri'])],
    ['the beginning of a word', () => random.pick(['vouch', 'parc', 'invo', 'wall'])],
    ['a word of every issue', 'cannot'],
    ['two words', () => `cannot ${random.pick(words)}`],
    ['four words', () => `cannot properties of ${random.pick(words)}`],
    ['a rare word', () => `readWallet${random.below(10_000).toString(36)}`],
    ['a rare and a common word', () => `cannot readWallet${random.below(10_000).toString(36)}`],
    ['a number', () => String(random.below(100_000))],
    ['a phrase', '"properties of voucher"'],
    ['a phrase of every issue', '"properties of"'],
    ['without a word', '-voucher'],
    ['without a word of every issue', '-cannot'],
    ['a word without another', 'cart -render'],
    ['nothing found', 'unheardof'],
    ['nothing found of two', 'cannot unheardof'],
    ['a word and a value', 'cart browser:Firefox'],
    ['a common word and a rare value', () => `cannot url:/cart/${random.below(5_000)}`],
    ['a word, state and count', 'is:unresolved events:>100 cart'],
    ['words and two values without a third', 'cannot properties browser:Chrome tag:plan:gold -os:iOS'],
  ];
  const statuses = ['unresolved', 'resolved', 'snoozed', 'ignored'];
  return [
    ...found,
    ...statuses.map((status) => list(`issues, ${status}`, { status })),
    ...statuses.map((status) => list(`issues by trend, ${status}`, { status, sort: 'trend' })),
    list('issues of an empty project', { project: 2 }),
    list('issues, the longest page', { limit: 500 }),
    list('issues by trend, the longest page', { limit: 500, sort: 'trend' }),
    ...filters.flatMap(([name, query]) => [
      search(`issues ${name}`, query),
      search(`issues by trend, ${name}`, query, { sort: 'trend' }),
      search(`issues by events, ${name}, unresolved`, query, { sort: 'events', status: 'unresolved' }),
    ]),
    ...texts.flatMap(([name, query]) => [
      text(`text: ${name}`, query),
      text(`text by trend: ${name}`, query, { sort: 'trend', status: 'unresolved', project }),
    ]),
    text('text: one word, the longest page', 'cart', { limit: 500 }),
  ];
}

async function aboutEvents(api: Api): Promise<Question[]> {
  const issuesOf = async (fields: Record<string, string | number>) =>
    (await api<IssueList>(withQuery('/api/issues', fields))).issues;
  const [big] = await issuesOf({ sort: 'events', limit: 1 });
  const middle = await issuesOf({ query: 'events:<1000', sort: 'events', limit: 100 });
  const small = await issuesOf({ query: 'events:<20', sort: 'events', limit: 100 });
  const sizes: [string, () => string][] = [
    ['the biggest issue', () => big?.id ?? ''],
    ['a middle issue', () => random.pick(middle).id],
    ['a small issue', () => random.pick(small).id],
  ];
  const filters: [string, () => string | undefined][] = [
    ['all', () => undefined],
    ['common value', () => 'os:Windows'],
    ['rare value', () => `url:/cart/${random.below(5_000)}`],
    ['three values', () => 'os:Windows tag:plan:gold environment:production'],
    ['without a value', () => '-os:Windows'],
    ['nothing found', () => 'browser:Netscape'],
  ];
  const found: Question[] = [];
  for (const [size, id] of sizes) {
    const first = await api<EventList>(`/api/issues/${id()}/events?limit=100`);
    found.push(
      { name: `${size}`, route: '/api/issues/{id}', goal: listGoal, path: () => `/api/issues/${id()}` },
      {
        ...{ name: `activity of ${size}`, route: '/api/issues/{id}/activity', goal: listGoal },
        path: () => `/api/issues/${id()}/activity`,
      },
      {
        ...{ name: `events of ${size}, the longest page`, route: '/api/issues/{id}/events', goal: listGoal },
        path: () => `/api/issues/${id()}/events?limit=100`,
      },
    );
    for (const [name, filter] of filters) {
      // Anywhere within the month.
      const cursor = () => writeCursor([Date.now() - random.below(30 * 86_400_000), 0]);
      const events = (from: () => string | undefined) => () =>
        withQuery(`/api/issues/${id()}/events`, { limit: 25, filter: filter(), cursor: from() });
      const route = '/api/issues/{id}/events';
      found.push(
        { name: `events of ${size}: ${name}`, route, goal: listGoal, path: events(() => undefined) },
        { name: `events of ${size}, far page: ${name}`, route, goal: listGoal, path: events(cursor) },
        {
          ...{ name: `event of ${size}, with neighbours: ${name}`, route: '/api/events/{id}', goal: listGoal },
          path: () => withQuery(`/api/events/${random.pick(first.events).id}`, { filter: filter() }),
        },
      );
      if (filter() === undefined) continue;
      found.push({
        ...{ name: `matches of ${size}: ${name}`, route: '/api/issues/{id}/matches', goal: listGoal },
        path: () => withQuery(`/api/issues/${id()}/matches`, { filter: filter() }),
      });
    }
  }
  const { events } = await api<EventList>(`/api/issues/${big?.id}/events?limit=100`);
  const sessions: (string | undefined)[] = [];
  for (const { id } of events.slice(0, 20)) sessions.push((await api<StoredEvent>(`/api/events/${id}`)).event.session);
  return [
    ...found,
    ...[undefined, project].map((of) => ({
      ...{ name: `events of a session${of ? ' and project' : ''}`, route: '/api/events', goal: listGoal },
      path: () => withQuery('/api/events', { session: random.pick(sessions), project: of }),
    })),
  ];
}

function aboutProject(): Question[] {
  const of = (name: string, path: string, next: () => Record<string, string | number> = () => ({})): Question => ({
    name,
    route: `/api/projects/{id}/${path}`,
    goal: listGoal,
    path: () => withQuery(`/api/projects/${project}/${path}`, next()),
  });
  const values = (name: string, fields: () => Record<string, string | number>): Question => ({
    ...{ name: `values: ${name}`, route: '/api/values', goal: listGoal },
    path: () => withQuery('/api/values', fields()),
  });
  return [
    of('the overview', 'overview'),
    of('dropped', 'dropped'),
    of('releases', 'releases', () => ({ limit: 100 })),
    of('a release', 'release', () => ({ name: `1.${random.below(30)}.0` })),
    of('maps', 'artifacts', () => ({ limit: 100 })),
    of('maps of a release', 'artifacts', () => ({ limit: 100, release: `1.${random.below(30)}.0` })),
    of('upload tokens', 'tokens'),
    of('settings of a project', 'settings'),
    of('grouping rules', 'grouping-rules'),
    of('rules', 'rules'),
    of('deliveries', 'deliveries'),
    values('browsers', () => ({ key: 'browser', begin: '' })),
    values('browsers that begin so', () => ({ key: 'browser', begin: 'Chrome' })),
    values('releases of a project', () => ({ key: 'release', begin: '', project })),
    values('systems', () => ({ key: 'os', begin: '' })),
    values('pages', () => ({ key: 'url', begin: '' })),
    values('pages that begin so', () => ({ key: 'url', begin: '/cart/1' })),
    values('a tag', () => ({ key: 'tag:plan', begin: '' })),
    values('nothing found', () => ({ key: 'url', begin: 'zzz' })),
    { name: 'keys', route: '/api/keys', goal: listGoal, path: () => '/api/keys' },
  ];
}

const aboutPeople = (): Question[] =>
  [
    ...['/api/session', '/api/projects', '/api/searches', '/api/tokens', '/api/scrubbing', '/api/channels'],
    ...['/api/people', '/api/sessions', '/api/retention'],
  ].map((route) => ({ name: route, route, goal: listGoal, path: () => route }));

async function aboutRecords(api: Api): Promise<Question[]> {
  const route = '/api/records';
  const { records, next } = await api<LogList>(withQuery(route, { limit: 100 }));
  const [oldest] = records.slice(-1);
  const order = () => / order (\w+)/.exec(random.pick(records).text)?.[1] ?? '';
  const middle = () => writeCursor([(Date.now() - random.below(30 * 86_400_000)) * 2_048]);
  const list = (name: string, query: (() => string) | undefined, goal: number, more: () => object = () => ({})) => ({
    ...{ name: `records${name && `: ${name}`}`, route, goal },
    path: () => withQuery(route, { limit: 100, query: query?.(), ...more() }),
  });
  const filters: [string, string | (() => string)][] = [
    ['of a level', 'level:info'],
    ['errors', 'level:error'],
    ['warnings and worse', 'level:>=warning'],
    ['worse than there are', 'level:critical'],
    ['of a logger', 'logger:checkout.payment'],
    ['of a tree of loggers', 'logger:checkout.*'],
    ['of a logger that is not there', 'logger:nobody'],
    ['without a logger', '-logger:checkout.*'],
    ['of a browser', 'browser:Firefox'],
    ['of a release', () => `release:1.${random.below(30)}.0`],
    ['of a rare page', () => `url:/cart/${random.below(5_000)}`],
    ['of a value that is not there', 'browser:Netscape'],
    ['without a browser', '-browser:Firefox'],
    ['errors of a logger and browser', 'level:error logger:net.http browser:Firefox'],
    ['of three values', 'browser:Firefox os:Windows environment:staging'],
  ];
  const texts: [string, string | (() => string)][] = [
    ['a common word', 'request'],
    ['a word of every record', 'order'],
    ['one letter', 'c'],
    ['two letters', 'ca'],
    ['three letters', 'car'],
    ['two common words', 'request cart'],
    ['four common words', 'request done cart order'],
    ['two common words that seldom meet', 'photo quota'],
    ['a rare word', order],
    ['a rare and a common word', () => `order ${order()}`],
    ['two words that never meet', () => `payment ${order().slice(0, 7)}0 retry`],
    ['two common words that never meet', 'retry renewed'],
    ['a phrase', '"payment accepted"'],
    ['a phrase that is not there', '"done request"'],
    ['without a word', '-cart'],
    ['a word without another', 'cart -request'],
    ['nothing found', 'unheardof'],
    ['a word and a level', 'cart level:error'],
    ['a word and a logger', 'cart logger:checkout.*'],
    ['a word and a browser', 'cart browser:Firefox'],
    ['a word and a rare page', () => `cart url:/cart/${random.below(5_000)}`],
    ['a common word and a logger that is not there', 'order logger:nobody'],
  ];
  const known = (key: string, begin: string): Question => ({
    ...{ name: `values of records: ${key} ${begin}`, route: '/api/records/values', goal: listGoal },
    path: () => withQuery('/api/records/values', { key, begin }),
  });
  const byTerm = (all: typeof filters, goal: number) =>
    all.flatMap(([name, query]) => {
      const ask = typeof query === 'function' ? query : () => query;
      return [
        list(name, ask, goal),
        list(`${name}, far page, of a project`, ask, goal, () => ({ cursor: middle(), project })),
      ];
    });
  const place = (back: number) => String((oldest?.at ?? Date.now()) * 2_048 - back);
  return [
    list('', undefined, listGoal),
    list('second page', undefined, listGoal, () => ({ cursor: next ?? '' })),
    list('far page', undefined, listGoal, () => ({ cursor: middle() })),
    list('of an empty project', undefined, listGoal, () => ({ project: 2 })),
    list('the longest page', undefined, listGoal, () => ({ limit: 500 })),
    ...byTerm(filters, listGoal),
    ...byTerm(texts, searchGoal),
    known('logger', ''),
    known('url', '/cart'),
    known('browser', 'Fire'),
    known('session', ''),
    {
      ...{ name: 'a record', route: '/api/records/{id}', goal: listGoal },
      path: () => `/api/records/${random.pick(records).id}`,
    },
    ...['', 'cart', 'level:error'].map((query) => ({
      ...{ name: `live records, what was missed: ${query || 'all'}`, route: '/api/records/live', goal: listGoal },
      path: () => withQuery('/api/records/live', { query }),
      lastEventId: place(0),
    })),
    { name: 'live', route: '/api/live', goal: listGoal, path: () => '/api/live', lastEventId: '0' },
  ];
}
