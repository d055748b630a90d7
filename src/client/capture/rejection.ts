import { on } from '../lib/on.ts';
import type { Captured, Report } from './captured.ts';

export const fromRejection = ({ reason }: PromiseRejectionEvent): Captured => ({
  mechanism: 'onunhandledrejection',
  _thrown: [reason],
});

export const installRejection = (win: Window, report: Report): (() => void) =>
  on<PromiseRejectionEvent>(win, 'unhandledrejection', (event) => report(fromRejection(event)));
