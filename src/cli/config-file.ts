import { readFileSync } from 'node:fs';
import { UsageError } from './usage-error.ts';
import { messageOf } from '../server/lib/message-of.ts';

/** Every setting but those that are secret; its flag and its variable are the same words. */
export const settingNames = [
  'port',
  'host',
  'data',
  'demo',
  'tlsCert',
  'tlsKey',
  'trustProxy',
  'logLevel',
  'publicUrl',
  'mailFrom',
  'allowPrivateNetwork',
  'logRecords',
  'logFolder',
  'logDays',
] as const;

/** What a config file may say: the same as the flags, each as JSON text, number or boolean. */
export type ConfigFile = Partial<Record<(typeof settingNames)[number], string>>;

/** Reads a JSON file of settings. Throws one line that names what is wrong with it. */
export function readConfigFile(file: string): ConfigFile {
  const config: unknown = parse(file);
  if (typeof config !== 'object' || config === null || Array.isArray(config)) {
    throw new UsageError(`${file} must hold one JSON object`);
  }
  const known: readonly string[] = settingNames;
  for (const [name, value] of Object.entries(config)) {
    if (!known.includes(name))
      throw new UsageError(`${file}: there is no setting "${name}"; there are ${settingNames.join(', ')}`);
    if (!['string', 'number', 'boolean'].includes(typeof value))
      throw new UsageError(`${file}: "${name}" must be a text, a number, true or false; lists are written as "a,b"`);
  }
  return Object.fromEntries(Object.entries(config).map(([name, value]) => [name, String(value)]));
}

function parse(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UsageError(`the config file ${file} cannot be read: ${messageOf(error)}`);
  }
}
