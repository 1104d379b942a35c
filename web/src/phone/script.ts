import { happeningText } from '../../../lib/proof/happenings.ts';
import { writeVerb } from '../../../lib/proof/heard.ts';
import type { CallTurn, CallView } from './testcall.ts';

/** The call in the format of call scripts (`docs/calls-txt.md`): the facts that were asked for, what happened, and what was heard. */
export function scriptOf({ turns, ended }: CallView, title: string): string {
  const said = new Map<string, string>();
  const lines = turns.flatMap((turn) => [
    ...newFacts(turn, said),
    `> ${happeningText(turn.happening)}`,
    ...turn.verbs.map((verb) => `< ${writeVerb(verb)}`),
  ]);
  const end = ended === undefined ? '= goes on' : `= ends ${ended.reason} at ${ended.node}`;
  return `${[`# ${title}`, ...lines, end].join('\n')}\n`;
}

/** The lines of facts that the script does not say yet. */
function newFacts({ asked }: CallTurn, said: Map<string, string>): string[] {
  return asked.flatMap((fact) => {
    const [name = ''] = fact.split(': ', 1);
    if (said.get(name) === fact) return [];
    said.set(name, fact);
    return [`? ${fact}`];
  });
}

/** What happens in a call, for a title: `pressed 9, silent, hung up`. */
export function happeningsIn({ turns }: CallView): string {
  const happened = turns.slice(turns.length > 1 ? 1 : 0).map(({ happening }) => happeningText(happening));
  return happened.length <= 6 ? happened.join(', ') : `${happened.slice(0, 6).join(', ')}, …`;
}

/** A script with another call behind those that it holds. */
export function withCall(script: string, call: string): string {
  const before = script.trimEnd();
  return before === '' ? call : `${before}\n\n${call}`;
}
