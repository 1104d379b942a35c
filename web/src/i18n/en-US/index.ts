import { canvas } from './canvas.ts';
import { difference } from './difference.ts';
import { form } from './form.ts';
import { history } from './history.ts';
import { nodes } from './nodes.ts';
import { problems } from './problems.ts';
import { saving } from './saving.ts';
import { shell } from './shell.ts';

/** The console in English. Its keys are the ones that every other language must have. */
export const enUS = { canvas, difference, form, history, nodes, problems, saving, shell } as const;
