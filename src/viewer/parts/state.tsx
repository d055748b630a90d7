import type { ComponentChildren } from 'preact';

/** Something is under way; shown only when it takes long enough to be noticed. */
export function Loading({ what }: { what: string }) {
  return (
    <p class="state loading" role="status">
      Loading {what}…
    </p>
  );
}

/** What went wrong, and the way out. */
export function Failure({ error, onRetry, children }: FailureProps) {
  return (
    <div class="state failure" role="alert">
      <p>
        <strong>That did not work.</strong> {error.message}
      </p>
      {children}
      {onRetry && (
        <button type="button" class="button" onClick={onRetry}>
          Try again
        </button>
      )}
    </div>
  );
}

interface FailureProps {
  error: Error;
  onRetry?: () => void;
  children?: ComponentChildren;
}
