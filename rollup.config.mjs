import { rm } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import commonjs from '@rollup/plugin-commonjs';
import json from '@rollup/plugin-json';
import nodeResolve from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import typescript from '@rollup/plugin-typescript';
import { rollupPluginHTML as html } from '@web/rollup-plugin-html';
import { transform } from 'esbuild';
import dts from 'rollup-plugin-dts';
import license from 'rollup-plugin-license';
import ts from 'typescript';
import { pagefault } from './src/plugin/rollup.ts';

/** Compiles one side of the house by its own tsconfig. Its types are checked by the tests, once for all that is built. */
const side = (folder, compilerOptions = {}, transformers = {}) =>
  typescript({
    transformers,
    tsconfig: `${folder}/tsconfig.json`,
    include: ['src/**/*.ts', 'src/**/*.tsx', 'demo/**/*.ts', 'demo/**/*.tsx'],
    compilerOptions: {
      noEmit: false,
      noCheck: true,
      module: 'esnext',
      moduleResolution: 'bundler',
      ...compilerOptions,
    },
  });

const fromPackages = (options) => [nodeResolve(options), commonjs(), json()];

/** Licences of what is bundled travel with it. */
const notices = (file) => license({ thirdParty: { output: file } });

/** Rollup's warnings are errors, but for cycles inside packages of others. */
const onwarn = (warning) => {
  if (warning.code === 'CIRCULAR_DEPENDENCY' && warning.ids.every((id) => id.includes('node_modules'))) return;
  if (warning.code === 'EMPTY_BUNDLE' && warning.names?.every((name) => name === 'script')) return;
  if (warning.code === 'THIS_IS_UNDEFINED' && warning.id?.includes('node_modules')) return;
  throw new Error(warning.message);
};

const types = (input, file, { external = [], paths = {} } = {}) => ({
  input,
  output: { file, paths },
  external: [/^node:/, ...external],
  plugins: [dts()],
  onwarn,
});

const { SyntaxKind } = ts;
const isAssignment = ({ kind }) => kind >= SyntaxKind.FirstAssignment && kind <= SyntaxKind.LastAssignment;

/** Names that get another value somewhere, whichever variable of that name it is. */
const changingNames = (file) => {
  const found = new Set();
  const add = (node) => {
    if (ts.isIdentifier(node)) found.add(node.text);
    else if (!ts.isPropertyAccessExpression(node)) ts.forEachChild(node, add);
  };
  const look = (node) => {
    if (ts.isBinaryExpression(node) && isAssignment(node.operatorToken)) add(node.left);
    if ([SyntaxKind.PlusPlusToken, SyntaxKind.MinusMinusToken].includes(node.operator)) add(node.operand);
    if (ts.isForOfStatement(node) || ts.isForInStatement(node)) add(node.initializer);
    // Each turn of a loop gives another value to the same one.
    if (ts.isVariableDeclarationList(node) && !(node.flags & ts.NodeFlags.BlockScoped)) add(node);
    ts.forEachChild(node, look);
  };
  look(file);
  return found;
};

/** Of `(name => ...)(name)` neither is needed: inside, the name is what it was outside. */
const ungiven = (context) => (file) => {
  const { factory } = context;
  const changing = changingNames(file);
  const isSame = ({ name, initializer, dotDotDotToken }, given) =>
    !initializer && !dotDotDotToken && given && ts.isIdentifier(given) && name.text === given.text;
  const visit = (node) => {
    const call = ts.visitEachChild(node, visit, context);
    const run = ts.isCallExpression(call) && ts.skipParentheses(call.expression);
    if (!run || !ts.isArrowFunction(run)) return call;
    const { modifiers, parameters, body } = run;
    const given = call.arguments;
    const isNeeded = (_, i) => !parameters[i] || !isSame(parameters[i], given[i]) || changing.has(given[i].text);
    const lean = factory.createArrowFunction(modifiers, [], parameters.filter(isNeeded), undefined, undefined, body);
    return factory.createCallExpression(lean, [], given.filter(isNeeded));
  };
  return ts.visitNode(file, visit);
};

/**
 * The minifier puts a function that is called once where it is called, and still gives it there what it could see
 * anyway. To be run between two of its passes: 50 bytes of the tag.
 */
const lessGiven = {
  name: 'less-given',
  renderChunk(code) {
    const compilerOptions = { target: 'es2022', module: 'esnext', sourceMap: true };
    const transformers = { before: [ungiven] };
    const { outputText, sourceMapText } = ts.transpileModule(code, { compilerOptions, transformers });
    return { code: outputText, map: sourceMapText };
  },
};

// What goes into a page: one file each, as small as can be.
const pageTarget = { target: 'es2022' };
const compress = {
  passes: 3,
  inline: 1,
  unsafe_arrows: true,
  unsafe_methods: true,
  unsafe_comps: true,
  hoist_vars: true,
  hoist_funs: true,
};
const pass = (options, rest) => terser({ ecma: 2022, module: true, compress: { ...compress, ...options }, ...rest });
// Ours begin with `_`; the others are error-stack-parser's own.
const mangle = { properties: { regex: /^(_[a-z]\w*|extractLocation)$/, builtins: true } };
const terse = (preamble, options = {}) => [
  pass(options, { mangle: false }),
  lessGiven,
  pass(options, { mangle, format: { preamble } }),
];
const minify = terse('');

/**
 * Of `error-stack-parser` the page needs what finds file, line and column: src/client/stack.ts has told names and places
 * apart by then, and gives it only places without parentheses around them.
 */
const leanStackParser = {
  name: 'lean-stack-parser',
  transform(code, id) {
    if (!id.endsWith('error-stack-parser.js')) return null;
    const [body] = /extractLocation: function [^]*?\n {8}}/.exec(code) ?? [];
    if (!body) throw new Error(`${id} is not the file this was written for`);
    const lean = body
      .replaceAll(/if \(urlLike[^]*?}|\.replace\(.*?''\)/g, '')
      .replace(/\[parts\[1\].*\]/, 'parts.slice(1)');
    return { code: `export default { default: {${lean}} };`, map: null };
  },
};

const usesThis = (node) => node.kind === ts.SyntaxKind.ThisKeyword || ts.forEachChild(node, usesThis);
const isAsync = ({ kind }) => kind === ts.SyntaxKind.AsyncKeyword;

/**
 * Says all declarations in one way, `let name = ... =>`: the minifier puts them into one statement then, and brotli finds
 * more that repeats. Modules come in the order of their imports: nothing runs before it is declared.
 */
const uniform = (context) => {
  const { factory } = context;
  const declare = (declarations) => factory.createVariableDeclarationList(declarations, ts.NodeFlags.Let);
  const visit = (node) => {
    const seen = ts.visitEachChild(node, visit, context);
    if (ts.isVariableDeclarationList(node)) return declare(seen.declarations);
    if (!ts.isFunctionDeclaration(node) || usesThis(node)) return seen;
    const { modifiers = [], name, parameters, body } = seen;
    const arrow = factory.createArrowFunction(modifiers.filter(isAsync), [], parameters, undefined, undefined, body);
    return factory.createVariableStatement(
      modifiers.filter((each) => !isAsync(each)),
      declare([factory.createVariableDeclaration(name, undefined, undefined, arrow)]),
    );
  };
  return (file) => ts.visitNode(file, visit);
};

const inPage = (input, output, plugins = [], transformers = {}) => ({
  input,
  output: { sourcemap: true, ...output },
  plugins: [
    leanStackParser,
    ...fromPackages({ browser: true }),
    side('src/client', pageTarget, transformers),
    ...plugins,
  ],
  onwarn,
});

const client = [
  inPage(
    'src/client/script.ts',
    { file: 'dist/pagefault.js', format: 'iife', freeze: false, sourcemap: 'hidden' },
    // Chromium compiles all of it while it comes, beside the page's thread; else each function when it is first called.
    terse('//# allFunctionsCalledOnLoad'),
    { before: [uniform] },
  ),
  inPage('src/client/snippet.ts', { file: 'dist/snippet.js', format: 'iife', sourcemap: false }, minify),
  // What is imported is minified once more, by the user's build; our own properties it would have to leave as they are.
  inPage(
    'src/client/index.ts',
    { file: 'dist/index.js', format: 'esm' },
    // esbuild gives no name twice in functions that stand in each other: flat, its bundles are 220 bytes smaller. Statements
    // and declarations it joins itself.
    [notices('dist/index.LICENSES.txt'), ...terse('', { reduce_funcs: false, join_vars: false, sequences: false })],
    { before: [uniform] },
  ),
  inPage('src/client/worker.ts', { file: 'dist/worker.js', format: 'esm' }, minify, { before: [uniform] }),
  inPage(
    'src/client/worker-script.ts',
    { file: 'dist/pagefault-worker.js', format: 'iife', sourcemap: false },
    minify,
    {
      before: [uniform],
    },
  ),
  inPage(
    'src/client/logger-script.ts',
    { file: 'dist/pagefault-logger.js', format: 'iife', sourcemap: false },
    minify,
    { before: [uniform] },
  ),
  ...['console', 'crashes', 'frames', 'reports'].map((name) =>
    inPage(
      `src/client/${name}-script.ts`,
      { file: `dist/pagefault-${name}.js`, format: 'iife', sourcemap: false },
      minify,
      { before: [uniform] },
    ),
  ),
  types('src/client/index.ts', 'dist/index.d.ts'),
  types('src/client/worker.ts', 'dist/worker.d.ts'),
  // Its one type is the whole of `index.ts`, which dts cannot write down as a namespace.
  types('src/client/script.ts', 'dist/pagefault.d.ts', {
    external: [/client\/index\.ts$/],
    paths: (id) => (id.endsWith('/client/index.ts') ? './index.js' : id),
  }),
];

const protocol = [
  {
    input: 'src/protocol/index.ts',
    output: { file: 'dist/protocol.js', format: 'esm' },
    plugins: [side('src/protocol')],
    onwarn,
  },
  types('src/protocol/index.ts', 'dist/protocol.d.ts'),
];

// Fastify looks into `require.cache` for the names of plugins; an ES module has no `require`.
const requireOfBundle = `import { createRequire as createRequireOfBundle } from 'node:module';
const require = createRequireOfBundle(import.meta.url);`;

/** `new URL('./x-worker.ts', import.meta.url)` runs from the sources as it stands; built, the worker is a chunk of its own. */
const workerChunks = {
  name: 'worker-chunks',
  transform(code, id) {
    const pattern = /new URL\('(\.\/[\w-]+-worker\.ts)', import\.meta\.url\)/g;
    if (!id.includes('/src/') || !pattern.test(code)) return null;
    const refer = (_, file) => {
      const reference = this.emitFile({ type: 'chunk', id: new URL(file, `file://${id}`).pathname });
      return `new URL(import.meta.ROLLUP_FILE_URL_${reference})`;
    };
    return { code: code.replace(pattern, refer), map: null };
  },
};

/** V8 keeps the text of what runs in memory, in every thread, and twice as much of it if one character is not ASCII. */
const withoutWhitespace = {
  name: 'without-whitespace',
  async renderChunk(code) {
    const options = {
      format: 'esm',
      target: 'node22',
      minifyWhitespace: true,
      minifySyntax: true,
      legalComments: 'none',
    };
    const { code: short } = await transform(code, options);
    // Leaves regular expressions and tagged templates as they are written.
    const ascii = short.replaceAll(/[^\0-\x7f]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
    return { code: ascii, map: null };
  },
};

/**
 * An import of a module of Node reads all that it exports, `WebSocket` of `node:http` too, which loads a second HTTP
 * client: 2 MB of heap that nobody uses. Asked for in this way, a module brings only what is used.
 */
const leanBuiltins = {
  name: 'lean-builtins',
  resolveId: (id) => (isBuiltin(id) ? `\0${id.replace(/^(?:node:)?/, 'node:')}` : null),
  load: (id) =>
    id.startsWith('\0node:')
      ? { code: `export default process.getBuiltinModule('${id.slice(1)}');`, syntheticNamedExports: true }
      : null,
};

/** Names carry a hash: without this, files of former builds would stay, and be packed. */
const emptied = (dir) => ({ name: 'emptied', generateBundle: () => rm(dir, { recursive: true, force: true }) });

const server = [
  {
    input: { pagefault: 'src/cli/bin.ts', server: 'src/server/index.ts' },
    output: { dir: 'dist/node', format: 'esm', chunkFileNames: 'lib/[name]-[hash].js', banner: requireOfBundle },
    plugins: [
      leanBuiltins,
      ...fromPackages({ exportConditions: ['node'], preferBuiltins: true }),
      side('src/cli'),
      workerChunks,
      withoutWhitespace,
      emptied('dist/node/lib'),
      notices('dist/node/LICENSES.txt'),
    ],
    onwarn,
  },
  types('src/server/index.ts', 'dist/node/server.d.ts'),
];

// Loggers for Node: the core of the page's, nothing of the collector.
const node = [
  {
    input: 'src/node/index.ts',
    output: { file: 'dist/node/logger.js', format: 'esm' },
    external: [/^node:/],
    plugins: [side('src/node')],
    onwarn,
  },
  types('src/node/index.ts', 'dist/node/logger.d.ts'),
];

const bundlers = ['rollup', 'vite', 'webpack', 'rspack', 'esbuild'];
const pluginInputs = Object.fromEntries(bundlers.map((name) => [name, `src/plugin/${name}.ts`]));
const plugin = [
  {
    input: pluginInputs,
    output: { dir: 'dist/plugin', format: 'esm', chunkFileNames: 'lib/[name]-[hash].js' },
    external: [/^node:/],
    plugins: [side('src/plugin')],
    onwarn,
  },
  {
    ...types(pluginInputs),
    output: { dir: 'dist/plugin', chunkFileNames: 'lib/[name]-[hash].d.ts' },
  },
];

/** A page: its HTML names the modules and the style sheet. */
const page = (folder, dir, publicPath, plugins = []) => ({
  input: `${folder}/index.html`,
  output: {
    dir,
    format: 'esm',
    sourcemap: true,
    entryFileNames: 'assets/[name]-[hash].js',
    chunkFileNames: 'assets/[name]-[hash].js',
    assetFileNames: 'assets/[name]-[hash][extname]',
  },
  plugins: [
    emptied(dir),
    // Joins what a style sheet imports, too.
    html({ publicPath, minify: false, minifyCss: true, externalAssets: '/snippet.js' }),
    ...fromPackages({ browser: true }),
    side(folder),
    notices(`${dir}/LICENSES.txt`),
    terser(),
    ...plugins,
  ],
  onwarn,
});

const parts = {
  client,
  server: [...protocol, ...server, ...node, ...plugin],
  pages: [
    page('src/viewer', 'dist/viewer', '/'),
    // The collector takes the shop's maps itself when it starts the demo.
    page('demo', 'dist/demo', '/demo/', [pagefault({ upload: false, keepMaps: true })]),
  ],
};

/** All, or one of the parts, which know nothing of each other: `rollup -c --configPart client`. */
export default ({ configPart }) => (configPart ? parts[configPart] : Object.values(parts).flat());
