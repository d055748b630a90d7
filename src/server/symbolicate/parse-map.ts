import { mapLimits } from './map-limits.ts';

/** A map without sections, checked: every list is a list of what it should be. */
export interface PlainMap {
  mappings: string;
  names: string[];
  /** With `sourceRoot` in front. */
  sources: (string | null)[];
  sourcesContent: (string | null)[];
  ignoreList: number[];
}

/** A plain map and where it begins in the generated code, 0-based. */
export interface Section {
  line: number;
  column: number;
  map: PlainMap;
}

export interface ParsedMap {
  sections: Section[];
  /** In the form of `debugId` or `debug_id`. */
  debugId: string | undefined;
  /** The generated file's name, as the map says it. */
  file: string | undefined;
  /** What ECMA-426 forbids and we could do without. Empty for a valid map. */
  problems: string[];
}

type Fields = Record<string, unknown>;
type Note = (problem: string) => void;

/**
 * Reads a source map's text. Throws only when nothing in it can be used; a slip that costs one field or one segment
 * is noted, for a map with a wrong `ignoreList` is still worth more to its author than none.
 */
export function parseMap(text: string): ParsedMap {
  const problems: string[] = [];
  const note: Note = (problem) => {
    if (problems.length < mapLimits.problems && !problems.includes(problem)) problems.push(problem);
  };
  const fields: unknown = JSON.parse(withoutPrefix(text));
  if (!isFields(fields)) throw new Error('a source map must be a JSON object');
  if (fields['version'] !== 3) note('version: must be the number 3');
  const debugId = fields['debugId'] ?? fields['debug_id'];
  return {
    sections: fields['sections'] === undefined ? [startingSection(fields, note)] : parseSections(fields, note),
    debugId: typeof debugId === 'string' ? debugId : undefined,
    file: parseOptionalText(fields, 'file', note),
    problems,
  };
}

/** Servers put `)]}'` in front so that no other site can load the JSON as a script. */
function withoutPrefix(text: string): string {
  const start = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  if (!text.startsWith(")]}'", start)) return text.slice(start);
  const end = text.indexOf('\n');
  return end < 0 ? '' : text.slice(end + 1);
}

function startingSection(fields: Fields, note: Note): Section {
  return { line: 0, column: 0, map: parsePlainMap(fields, note) };
}

function parseSections(fields: Fields, note: Note): Section[] {
  if (fields['mappings'] !== undefined) note('mappings: not beside sections');
  parseOptionalText(fields, 'file', note);
  const list = fields['sections'];
  if (!Array.isArray(list)) throw new Error('sections: must be a list');
  if (list.length > mapLimits.sections) throw new Error(`more than ${mapLimits.sections} sections`);
  const sections = list.map((section: unknown, i) => parseSection(section, `sections[${i}]`, note));
  const kept = sections.filter((section) => section !== undefined);
  kept.forEach((section, i) => {
    const last = kept[i - 1];
    if (last && !isBefore(last, section)) note('sections: must be in order and must not overlap');
  });
  return kept.sort((a, b) => a.line - b.line || a.column - b.column);
}

function isBefore(a: Section, b: Section): boolean {
  return a.line < b.line || (a.line === b.line && a.column < b.column);
}

function parseSection(section: unknown, path: string, note: Note): Section | undefined {
  const offset = isFields(section) ? section['offset'] : undefined;
  const map = isFields(section) ? section['map'] : undefined;
  if (!isFields(offset)) return void note(`${path}.offset: must be an object`);
  if (!isFields(map)) return void note(`${path}.map: must be an object`);
  const { line, column } = offset;
  if (!isIndex(line, mapLimits.lines) || !isIndex(column)) return void note(`${path}.offset: needs line and column`);
  // Sections inside sections are not allowed: depth has an end.
  if (map['sections'] !== undefined) return void note(`${path}.map: must have no sections itself`);
  if (map['version'] !== 3) note(`${path}.map.version: must be the number 3`);
  return { line, column, map: parsePlainMap(map, note) };
}

function parsePlainMap(fields: Fields, note: Note): PlainMap {
  const mappings = fields['mappings'];
  if (typeof mappings !== 'string') throw new Error('mappings: must be a string');
  const root = parseOptionalText(fields, 'sourceRoot', note);
  const sources = parseTexts(fields, 'sources', mapLimits.sources, note, true);
  return {
    mappings,
    names: parseTexts(fields, 'names', mapLimits.names, note).map((name) => name ?? ''),
    sources: sources.map((source) => (source === null || !root ? source : `${root.replace(/\/$/, '')}/${source}`)),
    sourcesContent: parseTexts(fields, 'sourcesContent', mapLimits.sources, note),
    ignoreList: parseIgnoreList(fields, sources.length, note),
  };
}

function parseTexts(fields: Fields, name: string, max: number, note: Note, isRequired = false): (string | null)[] {
  const list = fields[name];
  if (list === undefined && !isRequired) return [];
  if (!Array.isArray(list)) {
    note(`${name}: must be a list`);
    return [];
  }
  if (list.length > max) throw new Error(`${name}: more than ${max}`);
  return list.map((entry: unknown) => {
    if (typeof entry === 'string') return entry;
    if (entry !== null || name === 'names') note(`${name}: must hold strings`);
    return null;
  });
}

/** The older name of the field is read where the new one is missing. */
function parseIgnoreList(fields: Fields, sourceCount: number, note: Note): number[] {
  const list = fields['ignoreList'] === undefined ? fields['x_google_ignoreList'] : fields['ignoreList'];
  if (list === undefined) return [];
  if (!Array.isArray(list)) {
    note('ignoreList: must be a list');
    return [];
  }
  return list.filter((entry: unknown): entry is number => {
    if (isIndex(entry, sourceCount)) return true;
    note('ignoreList: must hold indexes of sources');
    return false;
  });
}

function parseOptionalText(fields: Fields, name: string, note: Note): string | undefined {
  const value = fields[name];
  if (typeof value === 'string' || value == null) return value ?? undefined;
  return void note(`${name}: must be a string`);
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isIndex(value: unknown, end = 0x80000000): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < end;
}
