import { signal } from '@preact/signals';

/** What has just been done, and how to take it back. */
export interface Done {
  text: string;
  undo?: () => Promise<void>;
}

/** One at a time: who does more has seen the one before. */
export const toast = signal<Done | undefined>(undefined);
