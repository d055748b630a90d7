import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso/router';
import type { LogLine } from '../../protocol/log-api.ts';
import { followStream } from '../lib/follow-stream.ts';
import { countOf } from '../lib/format.ts';
import { logFilterOf, logHref } from '../lib/log-filter.ts';
import { keyOf, logList as list } from '../lib/log-list.ts';
import { focusById, useKeys } from '../lib/use-keys.ts';
import { useTitle } from '../lib/use-title.ts';
import { logsApi, type LogFilter } from '../logs-api.ts';
import { LogTools } from '../parts/log-tools.tsx';
import { NoRecords } from '../parts/no-records.tsx';
import { RecordPanel } from '../parts/record-panel.tsx';
import { recordLinkId, RecordRow } from '../parts/record-row.tsx';
import { searchId } from '../parts/search-box.tsx';
import { Failure, Loading } from '../parts/state.tsx';
import { VirtualList } from '../parts/virtual-list.tsx';

/** What pages and servers write as they go, newest first. */
export function LogsPage() {
  const { query, route } = useLocation();
  const [project, text, record] = [query['project'], query['query'], query['record']];
  const filter = useMemo(
    () => logFilterOf({ ...(project && { project }), ...(text && { query: text }) }),
    [project, text],
  );
  const [isFollowing, setFollowing] = useState(true);
  const [current, setCurrent] = useState<string>();

  useTitle('Logs');
  useEffect(() => void list.load(filter), [filter]);
  useFollow(filter, isFollowing && !record);
  const move = (step: number) => {
    const lines = list.shown.value ?? [];
    const at = lines.findIndex((line) => keyOf(line) === current);
    const line = lines[at < 0 ? 0 : Math.min(lines.length - 1, Math.max(0, at + step))];
    if (!line) return;
    setCurrent(keyOf(line));
    if (record) route(logHref(filter, line.id), true);
    else setTimeout(focusById(recordLinkId(line)));
  };
  const close = () => {
    route(logHref(filter), true);
    const line = list.shown.value?.find(({ id }) => id === record);
    if (line) setTimeout(focusById(recordLinkId(line)));
  };
  useKeys({
    '/': focusById(searchId),
    j: () => move(1),
    k: () => move(-1),
    p: () => setFollowing(!isFollowing),
    Escape: () => record && close(),
  });

  return (
    <div class="logs-page">
      <h1 class="off-screen">Logs</h1>
      <LogTools
        filter={filter}
        isFollowing={isFollowing}
        onFollow={setFollowing}
        onSearch={(wanted) => route(logHref({ ...filter, query: wanted }), true)}
      />
      <Waiting onShow={() => setFollowing(true)} />
      {list.error.value && <Failure error={list.error.value} onRetry={() => void list.load(filter)} />}
      <div class={record ? 'logs with-record' : 'logs'}>
        <div class="logs-list">
          <Lines filter={filter} open={record} current={current} />
        </div>
        {record && <RecordPanel key={record} id={record} filter={filter} onClose={close} />}
      </div>
    </div>
  );
}

interface LinesProps {
  filter: LogFilter;
  /** Id of the record that is open. */
  open: string | undefined;
  /** The one that the keys are at. */
  current: string | undefined;
}

function Lines({ filter, open, current }: LinesProps) {
  const lines = list.shown.value;
  if (!lines) return list.error.value ? null : <Loading what="logs" />;
  if (!lines.length) return list.next.value ? <FurtherBack /> : <NoRecords filter={filter} />;
  return (
    <>
      <VirtualList
        label="Log records"
        items={lines}
        keyOf={keyOf}
        current={current}
        isBusy={list.isLoading.value}
        onEnd={() => !list.isLoading.value && list.next.value && !list.error.value && void list.more()}
      >
        {(line, at) => (
          <RecordRow
            key={keyOf(line)}
            line={line}
            href={logHref(filter, line.id)}
            isOpen={line.id === open}
            at={at + 1}
          />
        )}
      </VirtualList>
      <footer class="list-end">
        <span>{list.next.value ? `${countOf(lines.length, 'record')} so far` : countOf(lines.length, 'record')}</span>
        {list.isLoading.value && <span>Loading more…</span>}
        <span class="keys">
          <kbd>j</kbd> <kbd>k</kbd> move, <kbd>Enter</kbd> opens, <kbd>p</kbd> pauses, <kbd>/</kbd> searches
        </span>
      </footer>
    </>
  );
}

/** So much was looked through without a match that the reader decides whether to go on. */
function FurtherBack() {
  if (list.isLoading.value) return <Loading what="older logs" />;
  return (
    <div class="state">
      <h2>Nothing matches so far</h2>
      <p>Millions of records were looked through.</p>
      <button type="button" class="button" onClick={() => void list.more()}>
        Look further back
      </button>
    </div>
  );
}

function Waiting({ onShow }: { onShow: () => void }) {
  const count = list.waiting.value.length;
  const show = () => {
    onShow();
    list.showWaiting();
    scrollTo({ top: 0 });
  };
  return (
    <div class="waiting" role="status">
      {count > 0 && (
        <button type="button" class="button arrival" onClick={show}>
          {countOf(count, 'new record')} — show
        </button>
      )}
    </div>
  );
}

/** So often the list is drawn anew while much arrives. */
const gatherMs = 250;
/** Further down the reader reads: nothing may move there. */
const readingFrom = 40;

/** Takes in what arrives. Whoever has scrolled, opened a record or paused reads, and is only told how much has come. */
function useFollow(filter: LogFilter, isFollowing: boolean): void {
  const isPaused = useRef(false);
  isPaused.current = !isFollowing;
  useEffect(() => {
    let gathered: LogLine[] = [];
    let timer = 0;
    const tell = () => {
      timer = 0;
      list.arrive(gathered, isPaused.current || scrollY > readingFrom);
      gathered = [];
    };
    const stop = followStream(logsApi.liveUrl(filter), {
      on: {
        record(data) {
          gathered.push(JSON.parse(data) as LogLine);
          timer ||= setTimeout(tell, gatherMs);
        },
      },
      isMadeUp: true,
      onGap() {
        if (!isPaused.current && scrollY <= readingFrom) void list.load(filter);
        // Where the reader is, the newest page tells what has come meanwhile.
        else
          void logsApi.list(filter, { limit: 100 }).then(
            ({ records }) => list.arrive(records, true),
            () => undefined,
          );
      },
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [filter]);
}
