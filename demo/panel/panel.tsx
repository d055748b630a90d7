import { BreakList } from './break-list.tsx';
import { ReportList } from './report-list.tsx';

/** What is not the shop: the ways to break it, and what the collector hears of it. */
export function Panel() {
  return (
    <aside class="panel" id="panel" aria-label="Pagefault">
      <ReportList />
      <BreakList />
    </aside>
  );
}
