import { choose } from '../shared/data.ts';

interface Settings {
  theme: { colors: Record<string, string> };
  shortcuts: { keys: string[] }[];
}

class SettingsError extends Error {
  constructor(message: string) {
    super(message);
    this.name = new.target.name;
  }
}

//=
export function readSettings(v: number): Settings {
  const version = v === 0 ? 3 : 17;
  const user = v === 0 ? '6f1c7a0e-11aa-4b5e-9d3e-0123456789ab' : 'c0ffee00-0000-4000-8000-00000000beef';
  if (version > 2) {
    throw new SettingsError(`Settings version ${version} of user ${user} is too new`); //@ settings-version: readSettings
  }
  return choose<Settings>(v, '{}', '{}');
}

//=
export function syncSettings(v: number): void {
  const url = v === 0 ? 'https://sync.example.com/v2/pull?since=8812' : 'https://eu.sync.example.com/v2/pull?since=1';
  throw new SettingsError(`Sync with ${url} failed: status ${500 + v}`); //@ settings-sync: syncSettings
}

//=
export function importSettings(v: number): void {
  const given = v === 0 ? { theme: 'dark', size: 3 } : ['a', 'list'];
  if (!('version' in given)) {
    throw new SettingsError(`Not a settings file: ${JSON.stringify(given)}`); //@ settings-import: importSettings
  }
}

//=
export function bindShortcut(v: number): void {
  const name = v === 0 ? 'Save as' : 'Find next match';
  const keys = v === 0 ? 'Ctrl+S' : 'F3';
  throw new SettingsError(`Shortcut ${keys} is taken by '${name}'`); //@ settings-shortcut: bindShortcut
}

//=
export function color(v: number): string {
  const settings = choose<Settings>(v, '{}', '{"theme": {}}');
  const name = v === 0 ? 'primary' : 'accent';
  return settings.theme.colors[name]!.slice(1); //@ settings-color: color
}

//=
export function shortcutList(v: number): string[] {
  const settings = choose<Settings>(v, '{"shortcuts": [{}]}', '{"shortcuts": [{"keys": "F1"}, {"keys": null}]}');
  const lists = settings.shortcuts.map(({ keys }) => keys);
  return lists.map((keys) => keys.join('+')); //@ settings-shortcut-join: shortcutList
}

//=
export function makeReader(path: string): (source: Record<string, Record<string, string>>) => string {
  const [group = '', name = ''] = path.split('.');
  return (source) => {
    const section = source[group]!;
    return section[name]!.trim(); //@ settings-curried-reader: makeReader
  };
}

//=
export function readFont(v: number): string {
  const read = makeReader('font.family');
  return read(choose<Record<string, Record<string, string>>>(v, '{"font": {}}', '{"font": {"family": 5}}'));
}

//=
export function readZoom(v: number): string {
  const read = makeReader('view.zoom');
  return read(choose<Record<string, Record<string, string>>>(v, '{"view": {}}', '{"view": {"zoom": null}}'));
}

//=
export async function saveAll(v: number): Promise<void> {
  const parts = choose<{ id: { value: string } }[]>(v, '[{}]', '[{"id": {"value": "a"}}, {"id": null}]');
  await Promise.all(
    parts.map(async (part) => {
      await Promise.resolve();
      return part.id.value.length; //@ settings-save-all: saveAll
    }),
  );
}

//=
export function migrate(v: number): Settings {
  const old = choose<{ colors: string[][] }>(v, '{"colors": [null]}', '{"colors": [["a", "b"], 7]}');
  const colors: Record<string, string> = {};
  for (const [name, value] of old.colors) { //@ settings-migrate-destructure: migrate
    colors[name!] = value!;
  }
  return { theme: { colors }, shortcuts: [] };
}
