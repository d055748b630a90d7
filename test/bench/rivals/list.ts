/** One way to report what breaks, as its own documentation starts it. `ENDPOINT` is where it is to send. */
export interface Rival {
  package: string;
  /** Import and set-up, as a person writes them. */
  setUp: string;
  /** What makes its numbers differ in kind. */
  note?: string;
}

export const rivals: Rival[] = [
  {
    package: '@micro-sentry/browser',
    setUp: `import { BrowserMicroSentryClient } from '@micro-sentry/browser';
      const client = new BrowserMicroSentryClient({ dsn: ENDPOINT.replace('//', '//key@') + '/1' });
      addEventListener('error', ({ error }) => client.report(error));
      addEventListener('unhandledrejection', ({ reason }) => client.report(reason));`,
    note: 'has no hooks of its own: these are written by hand',
  },
  {
    package: 'trackjs',
    setUp: `import { TrackJS } from 'trackjs'; TrackJS.install({ token: 'token' });`,
    note: 'sends only to its maker, by HTTPS: nothing is delivered here',
  },
  {
    package: '@honeybadger-io/js',
    setUp: `import Honeybadger from '@honeybadger-io/js'; Honeybadger.configure({ apiKey: 'key', endpoint: ENDPOINT });`,
  },
  {
    package: '@bugsnag/js',
    setUp: `import Bugsnag from '@bugsnag/js';
      Bugsnag.start({ apiKey: '0'.repeat(32), endpoints: { notify: ENDPOINT, sessions: ENDPOINT + '/sessions' } });`,
  },
  {
    package: '@datadog/browser-logs',
    setUp: `import { datadogLogs } from '@datadog/browser-logs';
      datadogLogs.init({ clientToken: 'pub0', forwardErrorsToLogs: true, proxy: ENDPOINT });`,
  },
  {
    package: 'raygun4js',
    setUp: `import rg4js from 'raygun4js';
      rg4js('apiKey', 'key'); rg4js('enableCrashReporting', true);
      rg4js('options', { apiEndpoint: ENDPOINT, allowInsecureSubmissions: true });`,
  },
  {
    package: 'rollbar',
    setUp: `import Rollbar from 'rollbar'; new Rollbar({ accessToken: 'token', endpoint: ENDPOINT + '/',
      captureUncaught: true, captureUnhandledRejections: true });`,
  },
  {
    package: '@sentry/browser',
    setUp: `import * as Sentry from '@sentry/browser'; Sentry.init({ dsn: ENDPOINT.replace('//', '//key@') + '/1' });`,
  },
  {
    package: '@grafana/faro-web-sdk',
    setUp: `import { initializeFaro } from '@grafana/faro-web-sdk';
      initializeFaro({ url: ENDPOINT, app: { name: 'shop', version: '1.0.0' } });`,
  },
];
