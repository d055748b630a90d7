/** What one uploaded map may cost at most. Real maps of whole applications stay far below; hostile ones end here. */
export const mapLimits = {
  /** Bytes of the map's JSON, decompressed. */
  bytes: 67_108_864,
  /** Lines of generated code: each costs four bytes, and `;` alone makes one. */
  lines: 4_000_000,
  segments: 16_000_000,
  sources: 100_000,
  names: 2_000_000,
  sections: 100_000,
  /** Characters of one source that is parsed for its scopes. */
  parsedSource: 4_000_000,
  /** Milliseconds that the parsing of all sources of one map may take. */
  parseMs: 10_000,
  /** Milliseconds that one source may take: every parser has inputs that it is slow at. */
  parseSourceMs: 1_500,
  /** Milliseconds for the whole of it; then the worker is ended. */
  indexMs: 30_000,
  /** Megabytes of heap that the worker may use. */
  workerHeapMb: 1_024,
  problems: 20,
} as const;
