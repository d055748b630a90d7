export function debounce<A extends unknown[]>(run: (...args: A) => void, waitMs: number): (...args: A) => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return (...args: A) => {
    clearTimeout(timer);
    timer = setTimeout(() => run(...args), waitMs);
  };
}

export function poll(check: () => { done: boolean } | undefined, everyMs: number): void {
  const timer = setInterval(() => {
    const answer = check();
    clearInterval(timer);
    console.debug(answer!.done); //@ pkg-poll-done: poll
  }, everyMs);
}
