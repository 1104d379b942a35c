import type { enUS } from '../en-US/index.ts';
import type { Words } from '../words.ts';
import { canvas } from './canvas.ts';
import { difference } from './difference.ts';
import { form } from './form.ts';
import { history } from './history.ts';
import { nodes } from './nodes.ts';
import { problems } from './problems.ts';
import { saving } from './saving.ts';
import { shell } from './shell.ts';

/** The console in simplified Chinese. */
export const zhCN: Words<typeof enUS> = { canvas, difference, form, history, nodes, problems, saving, shell };
