import { stat } from 'node:fs/promises';
import { findFiles } from '../plugin/find-files.ts';
import { progress, summary } from '../plugin/report-upload.ts';
import { uploadFiles } from '../plugin/upload.ts';
import type { UploadOptions } from './parse-upload.ts';

/** Uploads the maps of all scripts in a folder. Throws one line when one of them could not be. */
export async function upload({ folder, url, token, release }: UploadOptions): Promise<void> {
  const isFolder = await stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder) throw new Error(`there is no folder ${folder}`);
  const files = await findFiles(folder);
  if (files.length === 0) throw new Error(`no script in ${folder} has a source map`);
  const start = performance.now();
  const uploaded = await uploadFiles({ url, token, release }, files, progress());
  for (const { name, reason } of uploaded.failed) process.stderr.write(`pagefault: ${name} was refused: ${reason}\n`);
  process.stdout.write(`${summary(uploaded, url, release, performance.now() - start)}\n`);
  if (uploaded.failed.length > 0) throw new Error(`${uploaded.failed.length} of ${files.length} files were refused`);
}
