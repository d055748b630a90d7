import { AppError } from '../shared/errors.ts';
import { invariant, unwrap } from '../shared/invariant.ts';
import { load, choose } from '../shared/data.ts';
import libInvariant from 'invariant-lite';
import { validate } from 'form-kit';
import { clock, isoDay } from 'date-tool';

interface Card {
  id: string;
  title: string;
  due?: string;
  owner: { name: string; team: { lead: string } };
  labels: string[];
}

interface Column {
  cards: Card[];
  limit?: { max: number };
}

//=
function requireCard(cards: Card[], id: string): Card {
  const card = cards.find((each) => each.id === id);
  if (!card) {
    throw new AppError('no-card', `Card ${id} is not on the board`); //@ helper-require-card: requireCard
  }
  return card;
}

export class Board {
  columns: Column[] = [];
  #history: string[] = [];

  move(id: string, from: number, to: number): void {
    const source = this.columns[from];
    const cards = source!.cards; //@ board-move-source: Board.move
    const card = requireCard(cards, id); //@ board-move-card: Board.move <- helper-require-card
    //+ this.#history.push(`before ${id}`);
    const target = this.columns[to];
    target!.cards.push(card); //@ board-move-target: Board.move
    this.#history.push(`${id} ${from} ${to}`);
  }

  rename(id: string, title: string): void {
    const all = this.columns.flatMap((column) => column.cards);
    const card = requireCard(all, id); //@ board-rename-card: Board.rename <- helper-require-card
    card.title = title.trim();
  }

  leadOf(id: string): string {
    const card = this.columns[0]!.cards.find((each) => each.id === id);
    const { lead } = card!.owner.team; //@ board-lead-team: Board.leadOf
    return lead.toUpperCase();
  }

  limitOf(index: number): number {
    const limit = unwrap(this.columns[index]!.limit); //@ board-limit-unwrap: Board.limitOf <- helper-unwrap
    return limit.max + this.#history.length;
  }

  undo(): string {
    const last = this.#history.pop();
    invariant(last, 'Nothing to undo'); //@ board-undo: Board.undo <- helper-invariant
    return last;
  }

  redo(steps: string[]): string {
    const next = steps.shift();
    //+ console.debug('redo', next);
    invariant(next, 'Nothing to undo'); //@ board-redo: Board.redo <- helper-invariant
    return next;
  }
}

//=
export function boardOf(json: string): Board {
  const board = new Board();
  board.columns = load<Column[]>(json);
  return board;
}

//=
export function checkLimit(v: number): number {
  const column = choose<Column>(v, '{"cards": [1, 2]}', '{"cards": [1], "limit": null}');
  libInvariant(column.limit, 'Column with %s cards has no limit', column.cards.length); //@ board-check-limit: checkLimit <- pkg-invariant
  return column.limit!.max;
}

//=
export function dueDay(v: number): string {
  const card = choose<Card>(v, '{"due": "soon"}', '{"due": "2026-13-45"}');
  const day = isoDay(new Date(card.due!)); //@ board-due-day: dueDay <- pkg-date-iso
  return `due ${day}`;
}

//=
export function dueClock(v: number): string {
  const card = choose<{ due: Date }>(v, '{"due": "now"}', '{"due": 12}');
  return `at ${clock(card.due)}`; //@ board-due-clock: dueClock <- pkg-clock
}

//=
export function saveCard(v: number): Record<string, unknown> {
  const form = choose<Record<string, unknown>>(v, '{"title": ""}', '{}');
  return validate({ title: { required: true } }, form); //@ board-save-card: saveCard <- pkg-form-required
}

//=
export function labelsText(cards: Card[]): string {
  return cards
    .map((card) => card.labels)
    .map((labels) => labels.join(' ')) //@ board-labels-join: labelsText
    .join('\n');
}

//=
export function exportLabels(v: number): Blob {
  const cards = choose<Card[]>(v, '[{"title": "a"}]', '[{"labels": ["x"]}, {"labels": null}]');
  return new Blob([labelsText(cards)]);
}

//=
export function printLabels(v: number): string[] {
  const cards = choose<Card[]>(v, '[{"title": "p"}]', '[{"labels": null}]');
  const text = labelsText(cards);
  return text.split('\n');
}

//=
export function ownerIndex(v: number): Map<string, number> {
  const cards = choose<Card[]>(v, '[{"owner": null}]', '[{"title": "x"}]');
  const index = new Map<string, number>();
  cards.forEach((card, position) => index.set(card.owner.name, position)); //@ board-owner-index: ownerIndex
  return index;
}

//=
export function groupByOwner(v: number): Record<string, Card[]> {
  const cards = choose<Card[]>(v, '[{"owner": null}]', '[{"title": "y"}]');
  const groups: Record<string, Card[]> = {};
  for (const card of cards) {
    const name = card.owner.name; //@ board-group-owner: groupByOwner
    (groups[name] ??= []).push(card);
  }
  return groups;
}
