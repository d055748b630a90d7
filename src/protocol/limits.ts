/**
 * Every limit of the wire, once, for both ends. The page cuts to them before it sends, the collector refuses or cuts
 * what exceeds them. Lengths are in UTF-16 code units unless a name says bytes.
 */
export const limits = {
  /** Bytes of one batch as it travels. `sendBeacon` and keepalive requests share 64 KiB per page; this leaves room. */
  batchBytes: 60_000,
  /** Bytes of one batch that the collector takes, after decompression: other senders have no 64 KiB quota. */
  maxBatchBytes: 1_048_576,
  eventsPerBatch: 1_000,
  recordsPerBatch: 1_000,
  exceptionsPerEvent: 8,
  framesPerStack: 50,
  /** A line of `error.stack`: `error-stack-parser` is quadratic on longer ones. */
  stackLine: 500,
  breadcrumbs: 50,
  breadcrumbText: 300,
  /** Type, name, key: short labels. */
  label: 200,
  message: 2_000,
  url: 2_000,
  /** In-app browsers have the longest. */
  userAgent: 500,
  /** Brands that client hints name. */
  hintBrands: 10,
  tags: 50,
  tagValue: 200,
  fingerprintParts: 10,
  /** `extra`, breadcrumb data and described objects: how deep, how many keys at a level, how many objects, how long a string. */
  depth: 5,
  keys: 50,
  objects: 1_000,
  string: 2_000,
  /** Times that one event says it happened. */
  count: 1_000_000,
  /** Different reasons of dropped events in one batch. */
  droppedReasons: 50,
  /** Problems that one answer names. */
  problems: 50,
  /**
   * What the events of one batch share, once each has its own copy, characters of JSON: a batch of 1 MiB whose 1,000
   * events share the other 900 kB would fill a disk.
   */
  sharedChars: 4_194_304,
} as const;
