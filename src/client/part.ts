import type { Trail } from './breadcrumbs/trail.ts';
import type { Report } from './capture/captured.ts';
import type { Quarantine } from './quarantine.ts';
import type { Scope } from './scope.ts';

/**
 * A part of the reporter that not every page needs: the tag has all of them, the package those that it is told to use.
 * May return what ends it.
 */
export type InnerPart = (report: Report, trail: Trail, scope: Scope, quarantine: Quarantine) => (() => void) | void;

/** Those of each client that starts from now on. */
export const parts: InnerPart[] = [];
