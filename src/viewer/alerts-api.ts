import type { Channel, ChannelSettings, Delivery, Rule, RuleSettings, RuleTrial } from '../protocol/notices.ts';
import { call, idPart, projectPath } from './api.ts';

/** The part of the JSON API that is about being told. */
export const alertsApi = {
  channels: () => call<Channel[]>('/api/channels'),
  addChannel: (channel: ChannelSettings) => call<Channel>('/api/channels', { method: 'POST', body: channel }),
  removeChannel: (id: string) => call<void>(`/api/channels/${idPart(id)}`, { method: 'DELETE' }),
  testChannel: (id: string) => call<Delivery>(`/api/channels/${idPart(id)}/test`, { method: 'POST' }),
  rules: (projectId: string) => call<Rule[]>(`${projectPath(projectId)}/rules`),
  addRule: (projectId: string, rule: RuleSettings) =>
    call<Rule>(`${projectPath(projectId)}/rules`, { method: 'POST', body: rule }),
  changeRule: ({ id, projectId, ...rule }: Rule) =>
    call<Rule>(`${projectPath(projectId)}/rules/${idPart(id)}`, { method: 'PUT', body: rule }),
  removeRule: ({ id, projectId }: Rule) =>
    call<void>(`${projectPath(projectId)}/rules/${idPart(id)}`, { method: 'DELETE' }),
  tryRule: (projectId: string, rule: RuleSettings) =>
    call<RuleTrial>(`${projectPath(projectId)}/rules/try`, { method: 'POST', body: rule }),
  deliveries: (projectId: string) => call<Delivery[]>(`${projectPath(projectId)}/deliveries`),
};
