import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { filesToUpload } from './collect.ts';
import { findDebugId } from './debug-id.ts';
import type { UploadFile } from './upload.ts';

/** Larger files are refused by the collector: they need not be read. */
const maxBytes = 67_108_864;

/**
 * Scripts in a folder and below it that have maps, with their maps: by the last `sourceMappingURL`, which may hold the
 * map itself, else by the name with `.map`. Names are paths from the folder.
 */
export async function findFiles(folder: string): Promise<UploadFile[]> {
  const paths = (await readdir(folder, { recursive: true })).map((path) => path.replaceAll('\\', '/')).sort();
  const scripts = paths.filter((path) => /\.[cm]?js$/.test(path) && !/(^|\/)node_modules\//.test(path));
  const found: UploadFile[] = [];
  for (const script of scripts) {
    const code = await readText(join(folder, script));
    const map = code === undefined ? undefined : await findMap(folder, script, code);
    if (code === undefined || !map) continue;
    const debugId = findDebugId(code) ?? debugIdField(map.text);
    found.push(...filesToUpload(script, map.name, code, map.text, debugId));
  }
  return found;
}

/** At either end, where tools write it; within, a source's text may speak of it. */
function debugIdField(map: string): string | undefined {
  const ends = map.slice(0, 500) + map.slice(-500);
  return /"debug_?[iI]d"\s*:\s*"([0-9a-fA-F-]{32,36})"/.exec(ends)?.[1];
}

async function findMap(
  folder: string,
  script: string,
  code: string,
): Promise<{ name: string; text: string } | undefined> {
  const url = [...code.slice(-maxBytes).matchAll(/^\/\/[#@] ?sourceMappingURL=(\S+)\s*$/gm)].at(-1)?.[1];
  const inline = url && /^data:application\/json[^,]*,/.exec(url);
  if (inline) {
    const data = url.slice(inline[0].length);
    const text = inline[0].includes('base64') ? Buffer.from(data, 'base64').toString() : decodeURIComponent(data);
    return { name: `${script}.map`, text };
  }
  const folderOfScript = script.slice(0, script.lastIndexOf('/') + 1);
  const names = [...(url ? [inFolder(folderOfScript, url)] : []), `${script}.map`];
  for (const name of names) {
    const text = name === undefined ? undefined : await readText(join(folder, name));
    if (name !== undefined && text !== undefined) return { name, text };
  }
  return undefined;
}

/** A script's own words must not lead out of the folder: only relative URLs, resolved within it. */
function inFolder(base: string, url: string): string | undefined {
  if (!URL.canParse(url, `file:///${base}`) || /^[a-z][\w+.-]*:|^\/\//i.test(url)) return undefined;
  const { pathname } = new URL(url, `file:///${base}`);
  return decodeURIComponent(pathname).slice(1);
}

async function readText(path: string): Promise<string | undefined> {
  try {
    const { size } = await stat(path);
    return size > maxBytes ? undefined : await readFile(path, 'utf8');
  } catch {
    return undefined;
  }
}
