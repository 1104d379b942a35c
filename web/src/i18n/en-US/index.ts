import { shell } from './shell.ts';

/** The console in English. Its keys are the ones that every other language must have. */
export const enUS = { shell } as const;
