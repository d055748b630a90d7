const pad = (value: number) => String(value).padStart(2, '0');

export function parseDay(text: string): Date {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  return match ? new Date(Number(match[1]), Number(match[2]) - 1, Number(match[3])) : new Date(NaN);
}

export function isoDay(date: Date): string {
  const whole = date.toISOString(); //@ pkg-date-iso: isoDay
  return whole.slice(0, 10);
}

export function clock(date: Date): string {
  const hours = pad(date.getHours()); //@ pkg-clock: clock
  return `${hours}:${pad(date.getMinutes())}`;
}
