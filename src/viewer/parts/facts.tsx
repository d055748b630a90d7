import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { StoredEvent } from '../../protocol/api.ts';
import type { Device, Event, Page, UserInfo } from '../../protocol/event.ts';
import { capital, mechanismWords } from '../lib/words.ts';
import { formatNumber, formatTime } from '../lib/format.ts';
import { EventLink } from './event-link.tsx';
import { Version } from './version.tsx';

type Fact = [name: string, value: ComponentChildren];

const size = (pair: [number, number] | undefined) => pair && `${pair[0]} × ${pair[1]}`;
const deviceText = (device: Device | undefined) =>
  device && [device.kind === 'unknown' ? '' : capital(device.kind), device.model].filter(Boolean).join(', ');
const userText = (user: UserInfo | undefined) => user && [user.name, user.email, user.id].filter(Boolean).join(', ');

function pageFacts(page: Page | undefined): Fact[] {
  return [
    ['Title', page?.title],
    ['Referrer', page?.referrer && <EventLink url={page.referrer} />],
    ['Viewport', size(page?.viewport)],
    ['Screen', page?.screen && `${size(page.screen)}${page.pixelRatio ? ` at ${page.pixelRatio}x` : ''}`],
    ['Language', page?.language],
    ['Time zone', page?.timeZone],
    ['Connection', page?.online === false ? 'offline' : page?.connection],
    ['Memory', page?.memory && `${page.memory} GB`],
    ['Page was', page?.leaving ? 'being left' : page?.visibility],
  ];
}

/** Less is the way and the digest. */
const lateMs = 60_000;

function factsOf({ event, happenedAt, receivedAt }: StoredEvent): Fact[] {
  return [
    ['Browser', event.browser && <Version of={event.browser} />],
    ['OS', event.os && <Version of={event.os} />],
    ['Device', deviceText(event.device)],
    ['Page', event.page?.url && <EventLink url={event.page.url} />],
    ['Release', event.release],
    ['Environment', event.environment],
    ['User', userText(event.user)],
    ['Caught as', `${mechanismWords[event.mechanism]}${event.handled ? ', handled' : ''}`],
    ['When', formatTime(happenedAt)],
    ['Arrived', receivedAt - happenedAt > lateMs && formatTime(receivedAt)],
    ['Times', event.count > 1 ? `${formatNumber(event.count)} in a row` : undefined],
  ];
}

/** What is known of the browser, the page and the user of one event. What is not known is left out. */
export function Facts({ stored }: { stored: StoredEvent }) {
  const { tags, extra, page, session } = stored.event;
  return (
    <section class="panel">
      <h2>Facts</h2>
      <FactList facts={factsOf(stored)} />
      <details class="more-facts">
        <summary>More</summary>
        <FactList facts={[...pageFacts(page), ['Session', session]]} />
      </details>
      {tags && Object.keys(tags).length > 0 && (
        <>
          <h3>Tags</h3>
          <FactList facts={Object.entries(tags)} />
        </>
      )}
      {extra && <Extra extra={extra} />}
    </section>
  );
}

export function FactList({ facts }: { facts: Fact[] }) {
  return (
    <dl class="facts">
      {facts
        .filter(([, value]) => value)
        .map(([name, value]) => (
          <div key={name}>
            <dt class="foreign">{name}</dt>
            <dd class="foreign">{value}</dd>
          </div>
        ))}
    </dl>
  );
}

/** Written out only when asked for: it can be megabytes. */
function Extra({ extra }: { extra: NonNullable<Event['extra']> }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details class="more-facts" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Extra</summary>
      {isOpen && (
        <pre class="extra" tabIndex={0} role="group" aria-label="Extra">
          {JSON.stringify(extra, null, 2)}
        </pre>
      )}
    </details>
  );
}
