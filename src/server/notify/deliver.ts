import type { Channel, ChannelKind, Notice } from '../../protocol/notices.ts';
import type { NoticeStore, WaitingDelivery } from '../store/notice-store.ts';
import type { Channel as Format } from './channels/channel.ts';
import { discord } from './channels/discord.ts';
import { email } from './channels/email.ts';
import { pagerduty } from './channels/pagerduty.ts';
import { slack } from './channels/slack.ts';
import { teams } from './channels/teams.ts';
import { webhook } from './channels/webhook.ts';
import type { Mailer } from './mailer.ts';
import { post, type PostOptions } from './post.ts';
import { messageOf } from '../lib/message-of.ts';

export interface DeliverOptions extends PostOptions {
  store: NoticeStore;
  /** Undefined while no mail server is set. */
  mailer: Mailer | undefined;
  /** Host name for the ids of mails. */
  domain(): string;
}

/** How an attempt ended. */
interface Outcome {
  isSent: boolean;
  /** Nothing is gained by another attempt. */
  isFinal: boolean;
  request: string;
  answer: string;
  retryAfterMs?: number | undefined;
}

const minuteMs = 60_000;
/** Pauses before the next attempt: the last one is a day after the first. */
const pausesMs = [
  5_000,
  30_000,
  2 * minuteMs,
  10 * minuteMs,
  60 * minuteMs,
  240 * minuteMs,
  480 * minuteMs,
  640 * minuteMs,
];
const maxAtOnce = 20;
/** How long an attempt is nobody else's, ms: longer than the slowest one, of a mail server that answers each line late. */
const claimMs = 10 * minuteMs;

const formats: Record<Exclude<ChannelKind, 'email'>, Format> = { slack, discord, teams, pagerduty, webhook };

export interface Deliver {
  /** Makes every attempt whose time has come, side by side, and none that somebody else is making. */
  due(now: number): Promise<number>;
  /** Makes one attempt at once, whatever its time. */
  one(delivery: WaitingDelivery, channel: Channel, now: number): Promise<void>;
}

export function createDeliver({ store, mailer, domain, ...options }: DeliverOptions): Deliver {
  const attempt = async (notice: Notice, channel: Channel, now: number): Promise<Outcome> => {
    if (channel.kind === 'email') return mail(notice, channel);
    const request = formats[channel.kind](notice, channel, now);
    const { status, text, retryAfterMs } = await post(request, options);
    const isSent = status >= 200 && status < 300;
    const isFinal = status >= 400 && status < 500 && status !== 408 && status !== 429;
    return { isSent, isFinal, request: shown(request.body, channel), answer: `${status} ${text}`.trim(), retryAfterMs };
  };
  const mail = async (notice: Notice, { to = [] }: Channel): Promise<Outcome> => {
    if (!mailer)
      return { isSent: false, isFinal: true, request: '', answer: 'No mail server is set: PAGEFAULT_SMTP_URL.' };
    const message = email(notice, domain());
    const request = `To: ${to.join(', ')}\nSubject: ${message.subject}\n\n${message.text}`;
    return { isSent: true, isFinal: false, request, answer: await mailer(message, to) };
  };
  const one = async ({ id, notice, attempts }: WaitingDelivery, channel: Channel, now: number) => {
    const outcome = await attempt(notice, channel, now).catch((error: unknown): Outcome => failed(error));
    const pause = pausesMs[attempts];
    const isOver = outcome.isSent || outcome.isFinal || pause === undefined;
    await store.setDelivery(id, {
      state: outcome.isSent ? 'sent' : isOver ? 'failed' : 'waiting',
      attempts: attempts + 1,
      at: isOver ? Date.now() : Date.now() + Math.max(pause, outcome.retryAfterMs ?? 0),
      request: outcome.request.slice(0, 20_000),
      answer: outcome.answer.slice(0, 2_000),
    });
    const issueId = notice.issues.length === 1 ? notice.issues[0]?.id : undefined;
    const isIncident = outcome.isSent && channel.kind === 'pagerduty' && notice.kind !== 'recovered';
    if (isIncident && issueId !== undefined) await store.openIncident(id, issueId);
  };
  return {
    one,
    async due(now) {
      const waiting = await store.claimDeliveries(now, now + claimMs, maxAtOnce);
      if (waiting.length === 0) return 0;
      const channels = new Map((await store.channels()).map((channel) => [channel.id, channel]));
      const attempts = waiting.map(async (delivery) => {
        const channel = channels.get(delivery.channelId);
        if (channel) await one(delivery, channel, now);
      });
      await Promise.all(attempts);
      return waiting.length;
    },
  };
}

const failed = (error: unknown): Outcome => ({
  isSent: false,
  isFinal: false,
  request: '',
  answer: messageOf(error),
});

/** The log of deliveries is for everybody who may sign in; secrets are not. */
const shown = (body: string, { secret }: Channel) => (secret ? body.replaceAll(secret, '…') : body);
