import { actions, errors, type Action, type Result, type Size } from './cell.ts';

const titles: Record<Action, string> = {
  navigate: 'goes to another page, in the same task',
  reload: 'reloads, in the same task',
  'close tab': 'tab closed right after the task',
  'window.close()': '`window.close()`, in the same task',
  crash: 'renderer killed in the same task',
  hang: 'page hangs, renderer killed after 1 s',
  quit: 'browser told to quit after 1 s',
  'crash all': 'all processes killed after 1 s',
};

interface Cause {
  engine: Result['engine'];
  action: Action;
  text: string;
}

/** Why fewer than all may have arrived, even after the next visit. A cell below that none of these explains is a fault. */
const causes: Cause[] = [
  {
    engine: 'firefox',
    action: 'crash all',
    text: 'Firefox has `localStorage` on disk only after more than 5 s: what had not left by then is gone with the browser.',
  },
];

const causeOf = ({ engine, action }: Result) =>
  causes.findIndex((cause) => cause.engine === engine && cause.action === action);

function cellText(result: Result | undefined, column: 'direct' | 'later'): string {
  if (!result) return '–';
  const count = result[column];
  if (count >= errors) return String(count);
  if (column === 'direct') return String(count);
  const note = causeOf(result) + 1;
  return note ? `${count} [${note}]` : `**${count} ?**`;
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
        const found = results.find((each) => each.engine === engine && each.action === action && each.size === size);
        return `${cellText(found, 'direct')} → ${cellText(found, 'later')}`;
      }),
    ]),
  );
  const notes = causes
    .map(({ text }, index) => `[${index + 1}] ${text}`)
    .filter((_, index) => results.some((each) => each.later < errors && causeOf(each) === index));
  return [
    row(['what ends it', ...columns.map(({ engine, size }) => `${engine}, ${size}`)]),
    row(['---', ...columns.map(() => '---')]),
    ...lines,
    '',
    ...notes,
  ].join('\n');
}

/** Cells that must hold all after the next visit and do not. */
export const faultsOf = (results: Result[]): Result[] =>
  results.filter((result) => result.later !== errors && causeOf(result) < 0);
