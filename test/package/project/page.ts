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
