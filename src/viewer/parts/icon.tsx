const paths = {
  click: 'M4 3l9 4-4 1.500L7.500 13z',
  input: 'M2 4.500h12v7H2zM4.500 7h1M7.500 7h1M10.500 7h1M5 9.500h6',
  navigation: 'M2.500 8h10M9 4.500L12.500 8 9 11.500',
  request: 'M5 13V3M2.500 5.500L5 3l2.500 2.500M11 3v10M8.500 10.500L11 13l2.500-2.500',
  console: 'M3 4.500L6.500 8 3 11.500M8 12h5',
  log: 'M3 4h10M3 8h10M3 12h6',
  custom: 'M8 3.500a4.500 4.500 0 1 0 0 9 4.500 4.500 0 0 0 0-9z',
  error: 'M8 1.500L14.500 8 8 14.500 1.500 8zM8 5v3.500M8 10.800v.2',
  warning: 'M8 2.500L14.500 13.500h-13zM8 6.500v3.500M8 11.800v.2',
  info: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM8 7.500v3.500M8 5v.2',
  worse: 'M2.500 12L7 7l2.500 2.500L14 4M10 4h4v4',
  fading: 'M2.500 4L7 9l2.500-2.500L14 12M10 12h4V8',
  down: 'M4 6.500L8 10.500l4-4',
  check: 'M3 8.500L6.500 12 13 4.500',
  copy: 'M5.500 5.500h8v8h-8zM10.500 5.500v-3h-8v8h3',
  link: 'M6.500 9.500l3-3M7 5l2-2a2.800 2.800 0 0 1 4 4l-2 2M9 11l-2 2a2.800 2.800 0 0 1-4-4l2-2',
  previous: 'M9.500 3.500L5 8l4.500 4.500',
  next: 'M6.500 3.500L11 8l-4.500 4.500',
  search: 'M7 2.500a4.500 4.500 0 1 0 0 9 4.500 4.500 0 0 0 0-9zM10.500 10.500L14 14',
};

export type IconName = keyof typeof paths;

/** A drawing beside a word: it says nothing alone. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}
