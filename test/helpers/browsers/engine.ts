/** What one engine must be able to do; `Page` builds everything else on it, so that it is the same in all engines. */
export interface EnginePage {
  /** Evaluates an expression that gives a promise of a string, and awaits it, at most so long where that is needed. */
  run(expression: string, timeoutMs: number): Promise<string>;
  /** Goes to the URL and waits for its load event. */
  navigate(url: string): Promise<void>;
  reload(): Promise<void>;
  click(selector: string): Promise<void>;
  type(selector: string, text: string): Promise<void>;
  press(key: string): Promise<void>;
  setViewport(width: number, height: number): Promise<void>;
  /** The network is gone, or back, for this page; false where the engine's driver cannot do that. */
  setOffline(isOffline: boolean): Promise<boolean>;
  /** Undefined where the engine's driver does not tell. */
  consoleMessages(): ConsoleMessage[] | undefined;
  close(): Promise<void>;
}

export interface ConsoleMessage {
  /** The console's method, such as `log` or `error`; `uncaught` for an error that nobody caught. */
  level: string;
  text: string;
  /** The line that the console shows beside it: `http://host/file.js:7`. Absent for `uncaught`. */
  place?: string;
}

/** Pages that share cookies and storage with each other, and with nothing before them. */
export interface EngineSession {
  newPage(): Promise<EnginePage>;
  /** Of the host that its pages are at, or of all. */
  forgetCookies(): Promise<void>;
  close(): Promise<void>;
}

export interface EngineBrowser {
  newSession(): Promise<EngineSession>;
  close(): Promise<void>;
}

/** Starting on a loaded machine may take this long, milliseconds. */
export const startTimeoutMs = 60_000;

/** Longest wait for one navigation or one input, milliseconds. */
export const stepTimeoutMs = 30_000;

/**
 * A proxy that is not there, for all that is not on this machine: whatever a browser would like to look up, report or
 * update by itself fails at once. Loopback addresses and `*.localhost` go past it.
 */
export const nowhere = { host: '127.0.0.1', port: 9 };
