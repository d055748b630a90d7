import type { StoredEvent } from '../../protocol/api.ts';
import type { Event } from '../../protocol/event.ts';
import { CodeBlock } from './code-block.tsx';
import { EventLink } from './event-link.tsx';

/** A browser hides everything about an error in a script of another origin, but for these two words. */
export function isScriptError({ exceptions }: Event): boolean {
  return /^script error\.?$/i.test(exceptions[0]?.value ?? '');
}

/** Why nothing more is known, and how to learn it next time. */
export function ScriptErrorHelp({ stored }: { stored: StoredEvent }) {
  const url = stored.frames[0]?.find((frame) => frame.filename)?.filename;
  const src = (url ?? 'https://other.example/script.js').replaceAll('"', '%22');
  return (
    <section class="panel help">
      <h2>Why there is no more than “Script error.”</h2>
      <p>
        {url ? (
          <>
            The error was thrown in <EventLink url={url} />, which
          </>
        ) : (
          'The error was thrown in a script that'
        )}{' '}
        comes from another origin than the page. The browser keeps message and stack of such errors to itself until the
        page asks for the script with <code>crossorigin</code> and the script’s server allows it. Do both:
      </p>
      <CodeBlock code={`<script src="${src}" crossorigin="anonymous"></script>`} label="Script tag" />
      <CodeBlock code="Access-Control-Allow-Origin: *" label="Response header of the script" />
    </section>
  );
}
