import { useState } from 'preact/hooks';
import type { StoredEvent } from '../../protocol/api.ts';
import type { Breadcrumb, BreadcrumbKind, Event } from '../../protocol/event.ts';
import { formatBefore, formatTime } from '../lib/format.ts';
import { describeData } from '../lib/describe-data.ts';
import { withoutOrigin } from '../lib/without-origin.ts';
import { Icon } from './icon.tsx';
import { SessionLog } from './session-log.tsx';

/** No date is later. */
const lastTime = 8.64e15;

/** What happened before, oldest first, with the error at its end. Its times are the collector's: the page's clock may be wrong. */
export function Breadcrumbs({ stored: { event, projectId, happenedAt } }: { stored: StoredEvent }) {
  const [chosen, setChosen] = useState<ReadonlySet<BreadcrumbKind>>(new Set());
  const kinds = [...new Set(event.breadcrumbs.map(({ kind }) => kind))];
  const shown = event.breadcrumbs.filter(({ kind }) => chosen.size === 0 || chosen.has(kind));
  return (
    <section class="breadcrumbs">
      <div class="section-head">
        <h2>What happened before</h2>
        {kinds.length > 1 && <KindFilter kinds={kinds} chosen={chosen} onChoose={setChosen} />}
        {event.session && <SessionLog key={event.session} session={event.session} project={projectId} />}
      </div>
      {event.breadcrumbs.length === 0 && <p class="hint">No breadcrumbs came with this event.</p>}
      <ol class="timeline" aria-label="Timeline">
        {shown.map((breadcrumb, at) => (
          <Crumb key={at} breadcrumb={breadcrumb} event={event} happenedAt={happenedAt} />
        ))}
        <li class="crumb end">
          <span class="crumb-kind">
            <Icon name="error" />
            {event.level}
          </span>
          <span class="crumb-text foreign">{endText(event)}</span>
          <time class="crumb-at" dateTime={new Date(happenedAt).toISOString()} title={formatTime(happenedAt)}>
            0
          </time>
        </li>
      </ol>
    </section>
  );
}

function endText({ exceptions: [thrown], message, request }: Event): string {
  if (thrown) return [thrown.type, thrown.value].filter(Boolean).join(': ');
  return message ?? (request ? `${request.method} ${request.url}` : 'This event');
}

function Crumb({ breadcrumb, event, happenedAt }: { breadcrumb: Breadcrumb; event: Event; happenedAt: number }) {
  const { kind, text, level, at, data } = breadcrumb;
  const isBad = level === 'error' || level === 'critical' || Number(data?.['status']) >= 500;
  const details = withoutOrigin(describeData(data, text), event.page?.url);
  const corrected = Math.min(lastTime, happenedAt - event.at + at);
  return (
    <li class={isBad ? 'crumb bad' : level === 'warning' ? 'crumb warned' : 'crumb'}>
      <span class="crumb-kind">
        <Icon name={kind} />
        {kind}
      </span>
      <span class="crumb-text foreign" title={text}>
        {withoutOrigin(text, event.page?.url)}
        {details && <span class="crumb-data"> {details}</span>}
      </span>
      <time class="crumb-at" dateTime={new Date(corrected).toISOString()} title={formatTime(corrected)}>
        {formatBefore(at, event.at)}
      </time>
    </li>
  );
}

interface KindFilterProps {
  kinds: BreadcrumbKind[];
  /** None stands for all. */
  chosen: ReadonlySet<BreadcrumbKind>;
  onChoose: (chosen: ReadonlySet<BreadcrumbKind>) => void;
}

function KindFilter({ kinds, chosen, onChoose }: KindFilterProps) {
  return (
    <div class="chips" role="group" aria-label="Show only">
      {kinds.map((kind) => (
        <button
          key={kind}
          type="button"
          class="chip"
          aria-pressed={chosen.has(kind)}
          onClick={() => onChoose(new Set(kinds.filter((each) => (each === kind) !== chosen.has(each))))}
        >
          {kind}
        </button>
      ))}
    </div>
  );
}
