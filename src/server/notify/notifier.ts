import { setTimeout } from 'node:timers/promises';
import type { Channel, Delivery, Notice } from '../../protocol/notices.ts';
import type { LogStore } from '../store/log-store.ts';
import type { NoticeStore, StoredRule } from '../store/notice-store.ts';
import { isTimeToTell } from './clock.ts';
import type { Compose } from './compose.ts';
import type { Deliver } from './deliver.ts';
import { createLooker, type HourCounts } from './look.ts';

export interface NotifierOptions {
  store: NoticeStore;
  logs: Pick<LogStore, 'noted'>;
  overview: HourCounts;
  compose: Compose;
  deliver: Deliver;
  projectName(id: string): Promise<string>;
  /** Address of the viewer. */
  publicUrl(): string;
  log: { error(fields: object, message: string): void };
}

export interface Notifier {
  /** Begins to look. */
  start(): void;
  /** Something was filed. */
  wake(): void;
  /** Sends a notice that says that it is a test; resolves after the attempt. */
  test(projectId: string, channel: Channel): Promise<Delivery | undefined>;
  stop(): Promise<void>;
}

/** Between two looks: what comes at once is told at once. */
const restMs = 250;
/** For what happens by the clock alone: recoveries, quiet hours, the next attempt. */
const idleMs = 5_000;
/** Notices of one rule within a minute, one by one; beyond them a minute's alerts are told together. */
const singlesPerMinute = 10;
/** Alerts that are told one by one when they come together. */
const singlesAtOnce = 3;
const minuteMs = 60_000;
const [changesKeptMs, deliveriesKeptMs] = [25 * 60 * minuteMs, 90 * 24 * 60 * minuteMs];

/** Looks at what the digest has changed, tells whoever wants to know, and tries until they have heard. */
export function createNotifier(options: NotifierOptions): Notifier {
  const { store, deliver, log } = options;
  const looker = createLooker(store, options.logs, options.overview);
  const tell = createTeller(options);
  const stopping = new AbortController();
  let wakeUp = new AbortController();
  let cleanedAt = 0;

  const round = async () => {
    while ((await looker.look(Date.now())) && !stopping.signal.aborted);
    const rules = (await store.rules()).filter(({ isEnabled }) => isEnabled);
    await tell(rules, Date.now());
    await store.closeIncidents(Date.now());
    while ((await deliver.due(Date.now())) > 0 && !stopping.signal.aborted);
    if (Date.now() - cleanedAt > minuteMs) {
      cleanedAt = Date.now();
      await store.forgetOld(cleanedAt - changesKeptMs, cleanedAt - deliveriesKeptMs);
    }
  };
  const pause = (ms: number, signal: AbortSignal) =>
    setTimeout(ms, undefined, { signal, ref: false }).catch(() => undefined);
  const run = async () => {
    while (!stopping.signal.aborted) {
      await round().catch((error: unknown) =>
        log.error({ err: error }, 'Nobody could be told; it will be tried again.'),
      );
      await pause(restMs, stopping.signal);
      const next = (await store.nextDelivery().catch(() => undefined)) ?? Infinity;
      const idle = Math.min(idleMs, Math.max(restMs, next - Date.now()));
      await pause(idle, AbortSignal.any([stopping.signal, wakeUp.signal]));
      wakeUp = new AbortController();
    }
  };
  let running: Promise<void> | undefined;
  return {
    start: () => void (running ??= run()),
    wake() {
      // Each call makes an exception, also when it was woken before.
      if (!wakeUp.signal.aborted) wakeUp.abort();
    },
    async test(projectId, channel) {
      const project = { id: projectId, name: await options.projectName(projectId) };
      const now = Date.now();
      const notice = testNotice(project, options.publicUrl(), now);
      const id = await store.addDelivery(projectId, channel.id, notice, now + minuteMs);
      await deliver.one({ id, projectId, channelId: channel.id, notice, attempts: 0 }, channel, now);
      return store.delivery(id);
    },
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

function createTeller({ store, compose, projectName, log }: NotifierOptions) {
  const told = new Map<string, number[]>();
  const tellRule = async (rule: StoredRule, now: number) => {
    const waiting = await store.waitingAlerts(rule.id);
    const [first] = waiting;
    if (!first || !isTimeToTell(rule, { now, first: first.alert.at, toldAt: rule.toldAt })) return;
    const recent = (told.get(rule.id) ?? []).filter((at) => at > now - minuteMs);
    const isFew = rule.pace === 'now' && waiting.length <= singlesAtOnce;
    if (recent.length + (isFew ? waiting.length : 1) > singlesPerMinute) {
      if (now - first.alert.at < minuteMs) return;
    }
    const project = { id: rule.projectId, name: await projectName(rule.projectId) };
    const parts = isFew ? waiting.map((one) => [one]) : [waiting];
    const notices = (await Promise.all(parts.map((part) => compose(project, rule, part, now)))).filter(
      (notice): notice is Notice => notice !== undefined,
    );
    const ids = waiting.map(({ id }) => id);
    if (!(await store.tell(rule, ids, notices, rule.channels, now))) return;
    told.set(rule.id, [...recent, ...notices.map(() => now)]);
  };
  return async (rules: StoredRule[], now: number) => {
    for (const rule of rules) {
      await tellRule(rule, now).catch((error: unknown) =>
        log.error({ err: error, rule: rule.id }, 'A rule could not tell what it has seen; it will be tried again.'),
      );
    }
  };
}

const testNotice = (project: Notice['project'], url: string, now: number): Notice => ({
  id: `pf_test_${now}`,
  at: now,
  project,
  rule: 'Test',
  kind: 'test',
  headline: `Test: Pagefault can reach you from ${project.name}`,
  issues: [],
  more: 0,
  link: `${url}/`,
});
