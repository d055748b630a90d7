/**
 * One thing that can go wrong, and how each engine words it. In the words `*` stands for anything, and `{name}` for the
 * property or variable that it is about.
 */
export interface MessageFamily {
  name: string;
  /** In words, for the issue page. */
  meaning: string;
  /**
   * Where it is described: a page of MDN's JavaScript error reference, a specification or an engine's file. The words
   * are held against the templates in V8's `src/common/message-template.h`, SpiderMonkey's
   * `js/public/friend/ErrorNumbers.msg` and JavaScriptCore's `Source/JavaScriptCore/runtime/` (`ExceptionHelpers.cpp`,
   * and the built-ins that throw).
   */
  source: string;
  chrome?: string[];
  firefox?: string[];
  safari?: string[];
}
