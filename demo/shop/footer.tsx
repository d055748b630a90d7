import { openChat } from '../features/chat.ts';
import { showNextFiring } from '../features/firing.ts';
import { joinNewsletter } from '../features/newsletter.ts';
import { countVisitors } from '../features/visitors.ts';

export function Footer() {
  return (
    <footer class="footer">
      <p>
        A shop that does not exist, selling pots that were never thrown. It breaks on purpose: see “Break something”.
      </p>
      <p class="actions">
        <button type="button" name="chat" class="quiet" onClick={openChat}>
          Ask the potter
        </button>
        <button type="button" name="firing" class="quiet" onClick={showNextFiring}>
          Next firing
        </button>
        <button type="button" name="visitors" class="quiet" onClick={countVisitors}>
          How many are looking?
        </button>
        <button type="button" name="newsletter" class="quiet" onClick={joinNewsletter}>
          Join the newsletter
        </button>
      </p>
    </footer>
  );
}
