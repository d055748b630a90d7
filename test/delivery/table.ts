import { actions, errors, type Action, type Cell, type Result, type Size } from './cell.ts';

const titles: Record<Action, string> = {
  navigate: 'goes to another page, in the same task',
  reload: 'reloads, in the same task',
  'close tab': 'tab closed right after the task',
  'close tab on repeats': 'the same, 45 of the 50 are repeats that wait to be counted',
  'window.close()': '`window.close()`, in the same task',
  crash: 'renderer killed in the same task',
  hang: 'page hangs, renderer killed after 1 s',
  quit: 'browser told to quit after 1 s',
  'crash all': 'all processes killed after 1 s',
};

type Column = 'direct' | 'later';

interface Cause {
  engine: Result['engine'];
  actions: Action[];
  column: Column;
  text: string;
}

/** Why fewer than all may have arrived. A cell below that none of these explains is a fault. */
const causes: Cause[] = [
  {
    engine: 'webkit',
    actions: ['quit', 'crash all'],
    column: 'direct',
    text:
      'The whole browser ended while requests were on their way, its network process too: what has no connection yet, or ' +
      'waits for one of the few that WebKit opens to a host, is gone. The outbox has it.',
  },
  {
    engine: 'chromium',
    actions: ['quit', 'crash all'],
    column: 'direct',
    text:
      'Until the first answer comes, at most 64 kB are on their way; the mirror, `fetchLater`, ends with the browser. On a loaded ' +
      'machine a second is not enough for the answer. The outbox has it.',
  },
  {
    engine: 'chromium',
    actions: ['crash all'],
    column: 'later',
    text:
      'Chromium writes `localStorage` to disk 5 s after it changed (`kCommitDefaultDelaySecs` in its source; at most 60 times and ' +
      '10 MiB an hour): what had not left by then is gone with the browser.',
  },
  {
    engine: 'firefox',
    actions: ['crash all'],
    column: 'later',
    text: 'Firefox has `localStorage` on disk only after more than 5 s: what had not left by then is gone with the browser.',
  },
];

const causeOf = (result: Result, column: Column) =>
  result[column] === errors
    ? -1
    : causes.findIndex(
        (cause) => cause.engine === result.engine && cause.actions.includes(result.action) && cause.column === column,
      );

const isFault = (result: Result) =>
  (['direct', 'later'] as const).some((column) => result[column] !== errors && causeOf(result, column) < 0);

/** What all runs of one cell gave: a number, or the least and the most. */
function cellText(results: Result[], column: Column): string {
  if (!results.length) return '–';
  const counts = results.map((result) => result[column]);
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  const cause = Math.max(...results.map((result) => causeOf(result, column))) + 1;
  return `${least === most ? least : `${least} to ${most}`}${cause ? ` [${cause}]` : ''}`;
}

/** A Markdown table: one line for each end, `direct → after the next visit` for each engine and size. */
export function tableOf(results: Result[]): string {
  const engines = [...new Set(results.map(({ engine }) => engine))].sort();
  const sizes: Size[] = ['small', 'large'];
  const columns = engines.flatMap((engine) => sizes.map((size) => ({ engine, size })));
  const row = (cells: string[]) => `| ${cells.join(' | ')} |`;
  const lines = actions.map((action) =>
    row([
      titles[action],
      ...columns.map(({ engine, size }) => {
        const found = results.filter((each) => each.engine === engine && each.action === action && each.size === size);
        return `${cellText(found, 'direct')} → ${cellText(found, 'later')}`;
      }),
    ]),
  );
  const seen = new Set(results.flatMap((each) => [causeOf(each, 'direct'), causeOf(each, 'later')]));
  return [
    row(['what ends it', ...columns.map(({ engine, size }) => `${engine}, ${size}`)]),
    row(['---', ...columns.map(() => '---')]),
    ...lines,
    '',
    ...causes.flatMap(({ text }, index) => (seen.has(index) ? [`[${index + 1}] ${text}\n`] : [])),
  ]
    .join('\n')
    .trimEnd();
}

/** Cells of a Markdown table by the names of their line and column. */
function cellsOf(table: string): Map<string, string> {
  const rows = table
    .split('\n')
    .filter((line) => line.startsWith('|') && !/^[|\s-]+$/.test(line))
    .map((line) => line.split('|').slice(1, -1));
  const [head = [], ...lines] = rows.map((row) => row.map((text) => text.trim()));
  return new Map(
    lines.flatMap(([name, ...cells]) => cells.map((text, at) => [`${name}, ${head[at + 1]}`, text] as const)),
  );
}

/** What was measured now and a table of before says otherwise, a line each. */
export function differencesOf(before: string, now: string): string[] {
  const known = cellsOf(before);
  const numbers = (text: string | undefined) => text?.replace(/ \[\d+\]/g, '') ?? 'not there';
  return [...cellsOf(now)].flatMap(([name, text]) => {
    const [was, is] = [numbers(known.get(name)), numbers(text)];
    return is === was || is === '– → –' ? [] : [`${name}: ${is}, and was ${was}`];
  });
}

/** Cells in which fewer than all arrived and nothing explains it, or that could not be measured. */
export const faultsOf = (results: Result[], missing: Cell[]): Cell[] => [...results.filter(isFault), ...missing];
