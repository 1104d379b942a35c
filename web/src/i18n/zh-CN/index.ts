import type { enUS } from '../en-US/index.ts';
import type { Words } from '../words.ts';
import { shell } from './shell.ts';

/** The console in simplified Chinese. */
export const zhCN: Words<typeof enUS> = { shell };
