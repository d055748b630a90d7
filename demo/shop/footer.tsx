import { openChat } from '../features/chat.ts';
import { joinNewsletter } from '../features/newsletter.ts';

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
        <button type="button" name="newsletter" class="quiet" onClick={joinNewsletter}>
          Join the newsletter
        </button>
      </p>
    </footer>
  );
}
