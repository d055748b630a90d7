/** Somebody who visits a site with a browser of their own, and does to it what people and machines do. */
export interface Visitor {
  /** Opens a page in a tab of its own; does not wait for it. */
  open(url: string): Promise<void>;
  /** Opens a page from the script of another, as `window.close()` demands. */
  openByScript(url: string): Promise<void>;
  /** Closes the tab opened last. */
  closeTab(): Promise<void>;
  /** Ends the processes in which pages run, unasked. */
  crashPages(): void;
  /** Asks the browser to quit, and waits until it has. */
  quit(): Promise<void>;
  /** Ends all processes of the browser, unasked. */
  crash(): Promise<void>;
}

/** Starts a browser with a profile folder: what it stored there earlier is there again. */
export type StartVisitor = (profile: string) => Promise<Visitor>;
