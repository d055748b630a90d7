import { whenReported } from './lib/when-reported.ts';
import { watchReports } from './watch-reports.ts';

whenReported(watchReports);
