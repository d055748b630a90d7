import type { UploadFile } from './upload.ts';

/** What has to be uploaded of a script and its map: the script too where the map brings no sources. */
export function filesToUpload(
  script: string,
  mapName: string,
  code: string,
  map: string,
  debugId: string | undefined,
): UploadFile[] {
  const files: UploadFile[] = [{ name: mapName, script, ...(debugId && { debugId }), text: map }];
  if (!bringsSources(map)) files.unshift({ name: script, ...(debugId && { debugId }), text: code });
  return files;
}

/** A map that holds a text for at least one source, or has none to hold. */
export function bringsSources(map: string): boolean {
  if (/"sources"\s*:\s*\[\s*\]/.test(map)) return true;
  return /"sourcesContent"\s*:\s*\[\s*(null\s*,\s*)*"/.test(map);
}
