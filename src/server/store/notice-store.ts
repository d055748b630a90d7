import type { SearchTerms } from './search-terms.ts';
import type { Alert, Channel, ChannelSettings, Delivery, Notice, Rule, RuleSettings } from '../../protocol/notices.ts';

/** What one transaction of the digest changed in one issue, for events that are alike to rules. */
export interface Transition {
  id: number;
  projectId: string;
  issueId: string;
  /** Of its newest event. */
  seq: number;
  /** When it was digested, ms. */
  at: number;
  count: number;
  title: string;
  isNew: boolean;
  /** It was resolved, or snoozed until this. */
  isBack: boolean;
  /** Totals of the issue, before and after. */
  events: [before: number, after: number];
  users: [before: number, after: number];
  /** A release that nothing had come from before. */
  newRelease?: string;
  /** Property and value pairs that filters look at. */
  values: [string, string][];
}

/** Up to which change and which noted record the rules have looked. */
export interface Looked {
  changes: number;
  records: number;
  /** How often something was kept: another look, of the clock alone, leaves the rest as it is. */
  looks: number;
}

/** An alert, and the word that makes it one of a kind within its rule. */
export interface KeyedAlert {
  key: string;
  alert: Alert;
}

export interface StoredRule extends Rule {
  /** What the rule remembers between changes; a JSON object. */
  state: unknown;
  /** When it last told somebody, ms; 0 for never. */
  toldAt: number;
}

export interface WaitingDelivery {
  id: string;
  projectId: string;
  channelId: string;
  notice: Notice;
  attempts: number;
}

/** Rules, channels and what is to be told. */
export interface NoticeStore {
  channels(): Promise<Channel[]>;
  addChannel(settings: ChannelSettings, now: number): Promise<Channel>;
  setChannel(id: string, settings: ChannelSettings): Promise<boolean>;
  removeChannel(id: string): Promise<boolean>;

  rules(projectId?: string): Promise<StoredRule[]>;
  addRule(projectId: string, settings: RuleSettings): Promise<Rule>;
  /** Forgets what the rule remembered. */
  setRule(projectId: string, id: string, settings: RuleSettings): Promise<boolean>;
  removeRule(projectId: string, id: string): Promise<boolean>;

  /** The oldest changes that rules have not looked at. */
  newTransitions(limit: number): Promise<Transition[]>;
  /** Those of a project since a time, oldest first, at most `limit`: the newest. */
  transitionsSince(projectId: string, since: number, limit: number): Promise<Transition[]>;
  /**
   * What rules made of changes and records up to `upTo`: keeps alerts that are not there yet, and what the rules remember, and
   * moves the mark; all or nothing. False, and nothing is kept, when somebody else has looked at them meanwhile.
   */
  keepAlerts(
    from: Looked,
    upTo: Omit<Looked, 'looks'>,
    found: { ruleId: string; state: unknown; alerts: KeyedAlert[] }[],
  ): Promise<boolean>;
  lookedUpTo(): Promise<Looked>;
  /** Alerts of a rule that nobody was told of, oldest first. */
  waitingAlerts(ruleId: string): Promise<{ id: string; alert: Alert }[]>;
  /** Marks alerts as told and leaves notices to be delivered; all or nothing. False when the rule has told meanwhile. */
  tell(rule: StoredRule, alertIds: string[], notices: Notice[], channels: string[], now: number): Promise<boolean>;
  /** Leaves a notice to be delivered to one channel; answers with the delivery's id. */
  addDelivery(projectId: string, channelId: string, notice: Notice, now: number): Promise<string>;

  /**
   * Takes those whose time has come, oldest first: nobody else gets them before `until`, or before `setDelivery` was called.
   */
  claimDeliveries(now: number, until: number, limit: number): Promise<WaitingDelivery[]>;
  /** Gives back what a process had taken that has ended; only for who has the folder alone. */
  releaseDeliveries(): Promise<void>;
  /** When the next one can be taken; undefined for none. */
  nextDelivery(): Promise<number | undefined>;
  setDelivery(id: string, change: Omit<Delivery, 'id' | 'channelId' | 'channelName' | 'headline'>): Promise<void>;
  /** Notes that the delivery has opened an incident at its receiver. */
  openIncident(deliveryId: string, issueId: string): Promise<void>;
  /** Leaves a notice that it is over for each open incident whose issue was resolved or is ignored. */
  closeIncidents(now: number): Promise<void>;
  /** Newest first. */
  deliveries(projectId: string, limit: number): Promise<Delivery[]>;
  delivery(id: string): Promise<Delivery | undefined>;

  /** Which of these issues meet a search; of its values nothing is asked. */
  meeting(terms: SearchTerms, issueIds: string[]): Promise<Set<string>>;

  /** Adds to the visits of a project in the minute of a time. */
  addVisits(projectId: string, at: number, count: number): Promise<void>;
  /** Visits by minute since 1970, from one minute up to and including another. */
  visits(projectId: string, from: number, to: number): Promise<Map<number, number>>;

  /** Lets go of changes and visits, and of deliveries, from before these times. */
  forgetOld(changes: number, deliveries: number): Promise<void>;
}
