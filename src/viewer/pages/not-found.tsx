import { useTitle } from '../lib/use-title.ts';

export function NotFoundPage() {
  useTitle('Not found');
  return (
    <div class="state">
      <h1>There is no such page</h1>
      <p>The link is an old one, or what it led to has been deleted.</p>
      <p>
        <a href="/issues">To the issues</a>
      </p>
    </div>
  );
}
