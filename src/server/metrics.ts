/** Upper bounds of the histogram of ingest, seconds. */
const bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];

/** Counts since the start of this process, for whoever watches it. */
export interface Metrics {
  /** An answer to a batch, and how long it took. */
  countAnswer(status: number, seconds: number): void;
  countEvents(what: 'accepted' | 'duplicate' | 'refused', count: number): void;
  /** In the text format of Prometheus. */
  text(gauges: Record<string, number>): string;
}

export function createMetrics(): Metrics {
  const answers = new Map<number, number>();
  const events = new Map<string, number>();
  const buckets = bounds.map(() => 0);
  // It tells one process from the next, and must not move.
  const startedAt = performance.timeOrigin / 1_000;
  let sum = 0;
  let count = 0;
  return {
    countAnswer(status, seconds) {
      answers.set(status, (answers.get(status) ?? 0) + 1);
      sum += seconds;
      count++;
      bounds.forEach((bound, i) => {
        if (seconds <= bound) buckets[i] = (buckets[i] ?? 0) + 1;
      });
    },
    countEvents(what, more) {
      if (more > 0) events.set(what, (events.get(what) ?? 0) + more);
    },
    text(gauges) {
      const { user, system } = process.cpuUsage();
      const lines = [
        ...metric('process_cpu_seconds_total', 'counter', [['', (user + system) / 1e6]]),
        ...metric('process_resident_memory_bytes', 'gauge', [['', process.memoryUsage.rss()]]),
        ...metric('process_start_time_seconds', 'gauge', [['', startedAt]]),
        ...Object.entries(gauges).flatMap(([name, value]) => metric(name, 'gauge', [['', value]])),
        ...metric('pagefault_batches_total', 'counter', labelled('status', answers)),
        ...metric('pagefault_events_total', 'counter', labelled('result', events)),
        ...metric('pagefault_ingest_seconds', 'histogram', [
          ...bounds.map((bound, i): [string, number] => [`_bucket{le="${bound}"}`, buckets[i] ?? 0]),
          ['_bucket{le="+Inf"}', count],
          ['_sum', sum],
          ['_count', count],
        ]),
      ];
      return `${lines.join('\n')}\n`;
    },
  };
}

const labelled = (label: string, values: Map<string | number, number>) =>
  [...values].map(([value, count]): [string, number] => [`{${label}="${value}"}`, count]);

const metric = (name: string, type: string, values: [suffix: string, value: number][]) => [
  `# TYPE ${name} ${type}`,
  ...values.map(([suffix, value]) => `${name}${suffix} ${value}`),
];
