import {
  addHandler,
  addProcessor,
  createLogger,
  flush,
  init,
  setThreshold,
  type Handler,
  type Level,
  type Logger,
  type LogRecord,
  type Options,
  type Processor,
  type Threshold,
} from 'pagefault/node';

const options: Options = { endpoint: 'https://errors.example.com/in/KEY', release: '1.4.2', tags: { host: 'web-3' } };
init(options);
const log: Logger = createLogger('checkout.payment');
log.info('Paid', { amount: 3 });
log.with({ order: 42 }).error('Failed', new Error('x'));
const threshold: Threshold = 'off';
const level: Level = 'notice';
setThreshold('checkout', { console: threshold, wire: level });
const stamp: Processor = (record: LogRecord) => ({ ...record, data: { ...record.data, host: 'web-3' } });
addProcessor(stamp)();
const keep: Handler = ({ id }) => void id;
addHandler('file', keep, 'debug')();
const isSent: Promise<boolean> = flush();
void isSent;

// @ts-expect-error An endpoint is needed.
init({});
// @ts-expect-error There is no page to be watched.
init({ ...options, failedRequests: false });
// @ts-expect-error Fields have names.
log.info('hello', 3);
