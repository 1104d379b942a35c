import type { enUS } from '../en-US/index.ts';
import type { NodeWords } from '../nodewords.ts';
import type { Words } from '../words.ts';
import { audio } from './audio.ts';
import { callers } from './callers.ts';
import { calls } from './calls.ts';
import { canvas } from './canvas.ts';
import { centre } from './centre.ts';
import { compare } from './compare.ts';
import { connections } from './connections.ts';
import { desk } from './desk.ts';
import { difference } from './difference.ts';
import { flows } from './flows.ts';
import { form } from './form.ts';
import { history } from './history.ts';
import { nodes } from './nodes.ts';
import { numbers } from './numbers.ts';
import { phone } from './phone.ts';
import { phones } from './phones.ts';
import { problems } from './problems.ts';
import { prompts } from './prompts.ts';
import { reading } from './reading.ts';
import { refusals } from './refusals.ts';
import { rescue } from './rescue.ts';
import { saving } from './saving.ts';
import { schedules } from './schedules.ts';
import { scripts } from './scripts.ts';
import { session } from './session.ts';
import { shell } from './shell.ts';
import { traffic } from './traffic.ts';
import { versions } from './versions.ts';
import { voicemails } from './voicemails.ts';

/** The console in simplified Chinese. */
export const zhCN: Words<typeof enUS> & { readonly nodes: NodeWords } = {
  audio,
  callers,
  calls,
  canvas,
  centre,
  compare,
  desk,
  difference,
  flows,
  form,
  history,
  nodes,
  numbers,
  phone,
  phones,
  problems,
  prompts,
  reading,
  refusals,
  rescue,
  saving,
  scripts,
  connections,
  schedules,
  session,
  shell,
  traffic,
  versions,
  voicemails,
};
