/**
 * One thing that can go wrong, and how each engine words it. In the words `*` stands for anything, and `{name}` for the
 * property or variable that it is about.
 */
export interface MessageFamily {
  name: string;
  /** In words, for the issue page. */
  meaning: string;
  /** Where the wordings are from: a page of MDN's JavaScript error reference, or a specification or engine file. */
  source: string;
  chrome?: string[];
  firefox?: string[];
  safari?: string[];
}
