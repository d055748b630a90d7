import { build, type Loader } from 'esbuild';

/** A minified script and its map, as a person's build makes them. The loader is the ending of the source's name. */
export async function buildScript(sourcefile: string, contents: string): Promise<{ script: string; map: string }> {
  const { outputFiles } = await build({
    stdin: { contents, sourcefile, loader: sourcefile.slice(sourcefile.lastIndexOf('.') + 1) as Loader },
    minify: true,
    bundle: true,
    format: 'iife',
    sourcemap: 'external',
    outfile: '/out/shop.js',
    write: false,
  });
  const textOf = (end: string) => outputFiles.find(({ path }) => path.endsWith(end))?.text ?? '';
  return { script: textOf('.js'), map: textOf('.map') };
}
