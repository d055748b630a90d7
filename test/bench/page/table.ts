export interface Row {
  what: string;
  value: string;
  budget: string;
  isMet: boolean;
}

/** A Markdown table; a missed budget is bold. */
export function tableOf(rows: Row[]): string {
  const lines = rows.map(
    ({ what, value, budget, isMet }) => `| ${what} | ${isMet ? value : `**${value}**`} | ${budget} |`,
  );
  return ['| what | measured | budget |', '| --- | ---: | ---: |', ...lines].join('\n');
}
