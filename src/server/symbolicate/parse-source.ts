import { parse, type ParserPlugin } from '@babel/parser';
import type { SyntaxNode } from './function-names.ts';

/** Languages that are tried one after the other: few sources say which they are. */
const typescript: ParserPlugin[] = ['typescript', 'decorators-legacy', 'decoratorAutoAccessors'];
const typescriptWithJsx: ParserPlugin[] = [...typescript, 'jsx'];
const javascript: ParserPlugin[] = ['jsx', 'decorators', 'decoratorAutoAccessors'];
const flow: ParserPlugin[] = ['flow', 'jsx'];

/** The tree of a source, or undefined when it is no JavaScript or TypeScript that can be read. Positions are the text's. */
export function parseSource(path: string, content: string): SyntaxNode | undefined {
  const name = path.replace(/[?#].*$/, '').toLowerCase();
  if (/\.(css|s[ac]ss|less|styl|json|html?|svg|md|wasm|glsl|txt)$/.test(name)) return undefined;
  const text = /\.(vue|svelte|astro)$/.test(name) || /^\s*</.test(content) ? onlyScripts(content) : content;
  let broken: SyntaxNode | undefined;
  for (const plugins of languagesOf(name)) {
    const tree = tryParse(text, plugins);
    if (tree && !hasErrors(tree)) return tree;
    broken ??= tree;
  }
  // With an error here and there the rest of the tree still names its functions.
  return broken;
}

const hasErrors = ({ errors }: SyntaxNode) => Array.isArray(errors) && errors.length > 0;

function languagesOf(name: string): ParserPlugin[][] {
  if (/\.[mc]?ts$/.test(name)) return [typescript, typescriptWithJsx];
  if (name.endsWith('.tsx')) return [typescriptWithJsx];
  if (/\.(vue|svelte|astro)$/.test(name)) return [typescriptWithJsx, typescript];
  return [javascript, typescriptWithJsx, flow];
}

function tryParse(text: string, plugins: ParserPlugin[]): SyntaxNode | undefined {
  try {
    const tree: unknown = parse(text, {
      sourceType: 'unambiguous',
      errorRecovery: true,
      attachComment: false,
      allowReturnOutsideFunction: true,
      allowAwaitOutsideFunction: true,
      allowNewTargetOutsideFunction: true,
      allowSuperOutsideMethod: true,
      allowUndeclaredExports: true,
      plugins,
    });
    return tree as SyntaxNode;
  } catch (error) {
    // The time limit is the caller's, and no syntax error.
    if (error instanceof SyntaxError || error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Blanks all of a component file but its scripts, so that positions stay. */
function onlyScripts(content: string): string {
  const blank = (text: string) => text.replace(/[^\r\n]/g, ' ');
  let kept = '';
  let at = 0;
  for (const tag of content.matchAll(/<script\b[^>]*>/g)) {
    const start = tag.index + tag[0].length;
    const end = content.indexOf('</script', start);
    if (start < at || end < 0) continue;
    kept += blank(content.slice(at, start)) + content.slice(start, end);
    at = end;
  }
  return kept + blank(content.slice(at));
}
