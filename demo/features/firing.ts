interface Firing {
  day: string;
}

function readCalendar(): Firing[] {
  console.info('Reading the calendar of the kiln');
  console.warn('The calendar ends in October');
  console.error('No firing is planned');
  return [];
}

/** Complains on the console before it throws: the report tells both. */
export function showNextFiring(): void {
  const [next] = readCalendar() as [Firing];
  document.title = next.day.toUpperCase();
}
