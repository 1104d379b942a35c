import { branch } from './branch.ts';
import { collect } from './collect.ts';
import { condition } from './condition.ts';
import { dial } from './dial.ts';
import { end } from './end.ts';
import { flow } from './flow.ts';
import { hours } from './hours.ts';
import { language } from './language.ts';
import { message } from './message.ts';
import type { DefinedType } from './node.ts';
import { play } from './play.ts';
import { request } from './request.ts';
import { returnToFlow } from './return.ts';
import { set } from './set.ts';
import { start } from './start.ts';
import { transfer } from './transfer.ts';
import { voicemail } from './voicemail.ts';

/** Every node type, in the order in which docs and palette list them. */
export const nodeTypes: readonly DefinedType[] = [
  start,
  play,
  branch,
  collect,
  condition,
  hours,
  set,
  request,
  language,
  transfer,
  dial,
  voicemail,
  message,
  flow,
  returnToFlow,
  end,
];

const byName = new Map(nodeTypes.map((definition) => [definition.type, definition]));

/** The node type with this name, such as `branch`; `undefined` if not found. */
export function nodeType(name: string): DefinedType | undefined {
  return byName.get(name);
}
