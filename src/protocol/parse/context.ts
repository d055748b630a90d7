import { deviceKinds, type Context, type Device, type Hints, type Named, type Page, type UserInfo } from '../event.ts';
import { limits } from '../limits.ts';
import { parseRecord, parseTags } from './json.ts';
import type { Fields, Reader } from './reader.ts';
import { withoutAbsent } from './without-absent.ts';

/** What a batch says once for all its events, and an event may say anew. Only what is there. */
export function parseContext(fields: Fields, path: string, reader: Reader): Context {
  return withoutAbsent<Context>({
    release: reader.text(fields['release'], `${path}release`),
    environment: reader.text(fields['environment'], `${path}environment`),
    session: reader.text(fields['session'], `${path}session`),
    browser: parseNamed(fields['browser'], `${path}browser`, reader),
    os: parseNamed(fields['os'], `${path}os`, reader),
    device: parseDevice(fields['device'], `${path}device`, reader),
    hints: parseHints(fields['hints'], `${path}hints`, reader),
    page: parsePage(fields['page'], `${path}page`, reader),
    user: parseUser(fields['user'], `${path}user`, reader),
    tags: parseTags(fields['tags'], `${path}tags`, reader),
    extra: parseRecord(fields['extra'], `${path}extra`, reader),
  });
}

export function parseNamed(value: unknown, path: string, reader: Reader): Named | undefined {
  const fields = reader.fields(value, path);
  const name = reader.text(fields?.['name'], `${path}.name`);
  if (!fields || name === undefined) return undefined;
  return withoutAbsent<Named>({ name, version: reader.text(fields['version'], `${path}.version`) });
}

function parseDevice(value: unknown, path: string, reader: Reader): Device | undefined {
  const fields = reader.fields(value, path);
  if (!fields) return undefined;
  return withoutAbsent<Device>({
    kind: reader.oneOf(fields['kind'], `${path}.kind`, deviceKinds) ?? 'unknown',
    model: reader.text(fields['model'], `${path}.model`),
  });
}

function parseHints(value: unknown, path: string, reader: Reader): Hints | undefined {
  const fields = reader.fields(value, path);
  if (!fields) return undefined;
  const listPath = `${path}.fullVersionList`;
  const fullVersionList = reader.list(fields['fullVersionList'], listPath, limits.hintBrands).map((each, i) => {
    const brand = reader.fields(each, `${listPath}[${i}]`);
    const text = (name: string) => reader.text(brand?.[name], `${listPath}[${i}].${name}`) ?? '';
    return { brand: text('brand'), version: text('version') };
  });
  return withoutAbsent<Hints>({
    userAgent: reader.text(fields['userAgent'], `${path}.userAgent`, limits.userAgent),
    touchPoints: reader.number(fields['touchPoints'], `${path}.touchPoints`),
    fullVersionList,
    platformVersion: reader.text(fields['platformVersion'], `${path}.platformVersion`),
    model: reader.text(fields['model'], `${path}.model`),
  });
}

function parseUser(value: unknown, path: string, reader: Reader): UserInfo | undefined {
  const fields = reader.fields(value, path);
  if (!fields) return undefined;
  // Numbers are what many a site has as the id of a user.
  const id = typeof fields['id'] === 'number' ? String(fields['id']) : fields['id'];
  return withoutAbsent<UserInfo>({
    id: reader.text(id, `${path}.id`),
    name: reader.text(fields['name'], `${path}.name`),
    email: reader.text(fields['email'], `${path}.email`),
  });
}

function parsePage(value: unknown, path: string, reader: Reader): Page | undefined {
  const fields = reader.fields(value, path);
  const url = reader.text(fields?.['url'], `${path}.url`, limits.url);
  if (!fields || url === undefined) return undefined;
  const text = (name: string, max?: number) => reader.text(fields[name], `${path}.${name}`, max);
  return withoutAbsent<Page>({
    url,
    title: text('title'),
    referrer: text('referrer', limits.url),
    viewport: parseSize(fields['viewport'], `${path}.viewport`, reader),
    screen: parseSize(fields['screen'], `${path}.screen`, reader),
    pixelRatio: reader.number(fields['pixelRatio'], `${path}.pixelRatio`),
    language: text('language'),
    timeZone: text('timeZone'),
    visibility: text('visibility'),
    online: reader.flag(fields['online'], `${path}.online`),
    connection: text('connection'),
    memory: reader.number(fields['memory'], `${path}.memory`),
    leaving: reader.flag(fields['leaving'], `${path}.leaving`),
  });
}

/** Width and height. */
function parseSize(value: unknown, path: string, reader: Reader): [number, number] | undefined {
  const [first, second] = reader.list(value, path, 2);
  const width = reader.number(first, `${path}[0]`);
  const height = reader.number(second, `${path}[1]`);
  return width === undefined || height === undefined ? undefined : [width, height];
}
