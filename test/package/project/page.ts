import {
  addBreadcrumb,
  captureException,
  captureMessage,
  close,
  flush,
  init,
  setExtra,
  setTag,
  setUser,
  type Event,
  type Level,
  type NoiseRule,
  type Options,
  type UserInfo,
} from 'pagefault';
import 'pagefault/script';
import { init as initWorker } from 'pagefault/worker';

init({ endpoint: 'https://errors.example.com/in/KEY', release: '1.4.2', environment: 'production' });
captureException(new Error('x'));
captureMessage('hello');
addBreadcrumb('coupon applied', { code: 'SPRING' });
setUser({ id: '42' });
setTag('plan', 'free');
setExtra('cart', { items: 3 });
void flush();
void close();
window.pagefault.captureMessage('hello', 'warning');

// @ts-expect-error An endpoint is needed.
init({});

initWorker();
const stop: () => void = initWorker({ endpoint: 'https://errors.example.com/in/KEY', release: '1.4.2' });
stop();

// @ts-expect-error Options are named.
initWorker('https://errors.example.com/in/KEY');

init({
  endpoint: 'https://errors.example.com/in/KEY',
  failedRequests: (status, url) => status > 399 && !url.includes('/search'),
  noise: { extension: false },
  ignore: ['text', /pattern/],
  sampleRate: 0.5,
  outbox: 'memory',
  beforeSend: (event) => (event.level === 'warning' ? null : { ...event, tags: { checked: 'yes' } }),
});
init({ endpoint: 'https://errors.example.com/in/KEY', failedRequests: [404, 500], release: undefined });
captureException(null, { level: 'critical' });
addBreadcrumb('without data');
setUser(null);
const isSent: Promise<boolean> = flush();
void isSent;

const level: Level = 'notice';
const rule: NoiseRule = 'resize-observer';
const options: Options = { endpoint: '', noise: { [rule]: false } };
const user: UserInfo = { id: '42', name: 'Ada', email: 'ada@example.com' };
const first = (event: Event): string | undefined => event.exceptions[0]?.frames[0]?.filename;
init({ ...options, user, beforeSend: (event) => (first(event) ? event : undefined) });
captureMessage('hello', level);

// @ts-expect-error A level has a name of its own.
captureException(new Error('x'), { level: 'loud' });
// @ts-expect-error A level has a name of its own.
captureMessage('hello', 'loud');
// @ts-expect-error There is no rule of this name.
init({ endpoint: '', noise: { bots: false } });
// @ts-expect-error Statuses are numbers.
init({ endpoint: '', failedRequests: ['404'] });
// @ts-expect-error A share is a number.
init({ endpoint: '', sampleRate: '10%' });
// @ts-expect-error The outbox is one of two.
init({ endpoint: '', outbox: 'cookie' });
// @ts-expect-error What it returns is the event, or nothing.
init({ endpoint: '', beforeSend: () => 'send it' });
// @ts-expect-error There is no such option.
init({ endpoint: '', dsn: 'https://key@example.com/1' });
// @ts-expect-error A step has a text.
addBreadcrumb();
// @ts-expect-error A person is named by fields.
setUser('42');
// @ts-expect-error A tag is a text.
setTag('plan', 1);
// @ts-expect-error It takes nothing.
close(true);
// @ts-expect-error It resolves to whether all was answered.
const count: Promise<number> = flush();
void count;
// @ts-expect-error The tag's API is the same.
window.pagefault.captureMessage('hello', 'loud');
