import { formatDuration } from './format.ts';

const valueText = (value: unknown) => (typeof value === 'object' && value ? JSON.stringify(value) : String(value));

/** A breadcrumb's data in one line: status and duration in words, the rest as `name: value`; what `text` says is left out. */
export function describeData(data: Record<string, unknown> | undefined, text: string): string {
  if (!data) return '';
  const { status, durationMs, ...others } = data;
  return Object.entries({ status, durationMs, ...others })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => {
      if (name === 'durationMs' && typeof value === 'number') return formatDuration(value);
      if (name === 'status') return value ? valueText(value) : 'no answer';
      return text.includes(valueText(value)) ? '' : `${name}: ${valueText(value)}`;
    })
    .filter(Boolean)
    .join(' · ');
}
