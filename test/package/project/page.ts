import {
  addBreadcrumb,
  addHandler,
  addProcessor,
  captureException,
  captureMessage,
  close,
  createLogger,
  flush,
  init,
  keepCrashFacts,
  setExtra,
  setTag,
  setThreshold,
  setUser,
  use,
  watchWorkers,
  type Event,
  type Handler,
  type Level,
  type Logger,
  type LogRecord,
  type NoiseRule,
  type Options,
  type Part,
  type UserInfo,
} from 'pagefault';
import 'pagefault/script';
import { init as initWorker } from 'pagefault/worker';

const parts: Part[] = [keepCrashFacts, watchWorkers];
use(...parts);
// @ts-expect-error Parts are those of the package.
use('watchWorkers');
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

const log: Logger = createLogger('checkout.payment');
log.info('Paid', { amount: 3 });
log.debug(() => 'made only when wanted');
log.with({ order: 42 }).error('Failed', new Error('x'));
Promise.reject(new Error('x')).catch(log.critical);
createLogger('checkout', { captureErrors: true }).trace('step');
setThreshold('checkout', 'debug');
setThreshold('', { console: 'off', wire: 'notice', mine: 'error' });
const removeProcessor: () => void = addProcessor((record: LogRecord) => (record.level === 'trace' ? null : record));
addProcessor((record) => ({ ...record, data: { ...record.data, tab: 7 } }));
addProcessor((record) => {
  record.text += '!';
});
removeProcessor();
const toast: Handler = ({ text, level, logger, data }) => void [text, level, logger, data];
const removeHandler: () => void = addHandler('mine', toast, 'error');
removeHandler();
window.pagefault.createLogger?.('tag').notice('hello');

// @ts-expect-error A logger has a name.
createLogger();
// @ts-expect-error There is no such level.
log.warn('hello');
// @ts-expect-error Fields have names.
log.info('hello', 3);
// @ts-expect-error Context has names.
log.with('order');
// @ts-expect-error A threshold is a level, or off.
setThreshold('checkout', 'loud');
// @ts-expect-error So is that of one handler.
setThreshold('checkout', { wire: 'loud' });
// @ts-expect-error What it returns is the record, or nothing.
addProcessor(() => 'text');
// @ts-expect-error A handler has a name, by which its threshold is set.
addHandler(toast);
// @ts-expect-error The tag's API has loggers only where their script is there too.
window.pagefault.createLogger('tag');
