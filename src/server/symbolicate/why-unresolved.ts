import type { ShownFrame } from '../../protocol/api.ts';
import { artifactName } from './artifact-name.ts';

type Unresolved = NonNullable<ShownFrame['unresolved']>;

const upload = (release: string) => `pagefault sourcemaps upload <folder> --release ${release}`;

/** What a person needs to know when a script has no map. */
export function noMap(
  url: string,
  release: string | undefined,
  debugId: string | undefined,
  mapsOfRelease: number,
): Unresolved {
  const script = artifactName(url) || url;
  if (release === undefined && debugId === undefined) {
    return {
      reason: `The report names no release, and ${script} carries no debug id.`,
      advice: 'Build with the Pagefault plugin, or give the reporter a release and upload the maps of that release.',
    };
  }
  const word = release ?? '<release>';
  if (mapsOfRelease > 0) {
    return {
      reason: `None of the ${mapsOfRelease} maps of release ${word} belongs to ${script}.`,
      advice: `Look at the names that were uploaded: the path of the script must end like one of them. Then: ${upload(word)}`,
    };
  }
  if (release === undefined) {
    return {
      reason: `No map with the debug id ${debugId} has been uploaded.`,
      advice: `Let the plugin upload the maps at build, or upload them: ${upload(word)}`,
    };
  }
  return {
    reason: `No source map has been uploaded for release ${word}.`,
    advice: `Upload the maps, also later: what has arrived will be resolved then. ${upload(word)}`,
  };
}

export const noIndex = (name: string): Unresolved => ({
  reason: `The map ${name} is there, but cannot be read.`,
  advice: 'Upload it again. If that does not help, the map is broken: build it anew.',
});

export const noPosition = (): Unresolved => ({
  reason: 'The browser named no line and column.',
  advice: 'Nothing can be done about this frame.',
});

/** The map was found by name, so it may be of another build; with a debug id it is the bundler's own code. */
export function noMapping(name: string, line: number, column: number, lineCount: number, isSure: boolean): Unresolved {
  const reason = `The map ${name} says nothing about line ${line}, column ${column}.`;
  if (isSure) return { reason, advice: 'The bundler made this code up: there is no source to show.' };
  if (line > lineCount) {
    return {
      reason: `${reason} It ends at line ${lineCount}.`,
      advice: 'It is the map of another build: upload the one of this build.',
    };
  }
  return {
    reason,
    advice: 'It may be the map of another build. The plugin’s debug ids make such mistakes impossible.',
  };
}
