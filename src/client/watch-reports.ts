import type { Report } from './capture/captured.ts';
import { attempt, guard } from './lib/attempt.ts';

/** Of the Reporting API (https://www.w3.org/TR/reporting-1/); what this body holds is the same for both types. */
interface BrowserReport {
  type: 'deprecation' | 'intervention';
  body: { message: string; sourceFile?: string | null; lineNumber?: number | null; columnNumber?: number | null };
}

/**
 * Reports what the browser says of the page itself: that it uses something which will go away, or that the browser has not
 * done what it was asked to; from the page's start on. Only Chromium tells. Returns what ends it.
 */
export function watchReports(report: Report): () => void {
  const onReports = guard((reports: unknown[]) => {
    for (const { type, body } of reports as BrowserReport[]) {
      const { message, sourceFile, lineNumber, columnNumber } = body;
      const name = type === 'deprecation' ? 'Deprecation' : 'Intervention';
      const place = { name, message, stack: `@${sourceFile}:${lineNumber}:${columnNumber}` };
      report({ mechanism: 'report', level: 'warning', handled: true, thrown: [place] });
    }
  });
  const observer = attempt(
    () => new ReportingObserver(onReports, { types: ['deprecation', 'intervention'], buffered: true }),
  );
  observer?.observe();
  return () => observer?.disconnect();
}
