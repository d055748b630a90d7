import type { IssueStatus } from '../../protocol/api.ts';

/** Words that must occur, the last of them as the beginning of a word; several follow one another. */
export interface WordsTerm {
  words: string[];
  isNot: boolean;
}

/** A value that begins so must have occurred. */
export interface ValueTerm {
  property: string;
  value: string;
  isNot: boolean;
}

export interface StateTerm {
  state: IssueStatus | 'assigned';
  isNot: boolean;
}

/** Assigned to the person with this id, or to one whose name begins so. */
export interface AssigneeTerm {
  id?: string;
  name?: string;
  isNot: boolean;
}

export interface CountTerm {
  count: 'events' | 'users';
  atLeast?: number;
  atMost?: number;
}

/** What a search asks for; an issue must meet all of it. */
export interface SearchTerms {
  words: WordsTerm[];
  values: ValueTerm[];
  states: StateTerm[];
  assignees: AssigneeTerm[];
  counts: CountTerm[];
}
