const attribute = (text: string) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');

export const endpointOf = (origin: string, key: string) => `${origin}/in/${key}`;

/** The tag that reports to `endpoint`, ready for the `<head>` of a page. */
export function scriptTag(origin: string, key: string): string {
  return `<script src="${attribute(origin)}/pagefault.js"
  data-endpoint="${attribute(endpointOf(origin, key))}"
  data-release="1.0.0"></script>`;
}

export function npmSnippet(origin: string, key: string): string {
  return `// npm install pagefault
import { init } from 'pagefault';

init({
  endpoint: ${JSON.stringify(endpointOf(origin, key))},
  release: '1.0.0',
});`;
}
