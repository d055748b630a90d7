/** Splits `TypeError: x is null` so that both halves can look different. */
export function splitTitle(title: string): { type: string; message: string } {
  const match = /^([\w$.]{1,80}): (.+)$/s.exec(title);
  return match ? { type: match[1] ?? '', message: match[2] ?? '' } : { type: '', message: title };
}
