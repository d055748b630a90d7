/** What went wrong, told at once to who listens; nothing while nothing did. */
export const Problem = ({ text }: { text: string }) =>
  text ? (
    <span class="problem" role="alert">
      {text}
    </span>
  ) : null;
