import { usesOf } from '../../engine/uses.ts';
import type { Flow } from '../../flow/flow.ts';
import { parsePrompt, promptTexts } from '../../flow/prompt.ts';
import { variablesIn } from '../../flow/text.ts';
import type { ProofRule } from '../failures.ts';
import { inSeconds, type LintLook, type LintRule, type LookedNode, type Stumble } from './rule.ts';

const most = { keys: 2, seconds: 30, waitSeconds: 180 } as const;

const spain =
  'Spain, Ley 10/2025 (time to adapt ends on 28 December 2026), as summarised by Uría Menéndez on 13 January 2026. No legal advice.';
const china =
  'China, Ministry of Industry and Information Technology, one-step access to a person for older callers, as reported by IT Times on 5 April 2024 and by Chongqing Daily on 20 May 2025. No legal advice.';

/** The rules about how callers get to a person, and about queues. */
export const peopleRules: readonly LintRule[] = [
  {
    id: 'human-missing',
    severity: 'warning',
    about: 'From some point of the flow, no agent, outside number or mailbox can be reached.',
    why: 'Callers with a question that the menu does not know get no help.',
    source: `W3C, Making Content Usable, pattern o6p04 (w3.org/WAI/WCAG2/supplemental/patterns/o6p04-voice-menus). ${spain} ${china}`,
    fix: 'Connect a key, `errors` or `timeout` to a transfer.',
    laws: ['es', 'cn'],
    find: (looked) => failing(looked, 'human-missing'),
  },
  {
    id: 'human-far',
    severity: 'warning',
    about: `A person is more than ${most.keys} keys or ${most.seconds} seconds away in the worst case.`,
    why: 'Callers who need a person give up on the way.',
    source: china,
    fix: 'Offer a person earlier: name the key first, or connect `timeout` and `errors` to a person.',
    laws: ['cn'],
    *find({ flow, proof }) {
      const at = (node: string) => (Object.hasOwn(flow.nodes, node) ? { node } : {});
      for (const { person } of proof.persons) {
        if (person === undefined) continue;
        const { keys, keysAt, seconds, secondsAt } = person.worst;
        if (keys > most.keys)
          yield { ...at(keysAt), message: `A person is ${keys} keys away.`, values: { keys } };
        if (seconds > most.seconds)
          yield {
            ...at(secondsAt),
            message: `A person is ${inSeconds(seconds)} away.`,
            says: 'seconds',
            values: { seconds: Math.round(seconds) },
          };
      }
    },
  },
  {
    id: 'zero-taken',
    severity: 'warning',
    about: 'Key 0 does not lead to a person.',
    why: 'Callers who look for a person press 0.',
    source:
      'W3C, Making Content Usable, pattern o6p04; Blueworx Voice Response 7, designing voice applications.',
    fix: 'Connect 0 to a transfer, and give the other choice another key.',
    *find({ flow, menus, explored }) {
      for (const { id, keys } of menus) {
        if (!keys.includes('0')) continue;
        const isHere = (place: number) =>
          isIn(flow, explored.states[place]) && explored.states[place]?.node === id;
        const pressed = explored.ways.filter(
          ({ from, happening }) => happening.word === 'pressed' && happening.key === '0' && isHere(from),
        );
        if (pressed.length > 0 && !pressed.some(({ person }) => person)) {
          yield { node: id, field: 'exits.0', message: 'The key 0 leads to no person.' };
        }
      }
    },
  },
  {
    id: 'wait-mute',
    severity: 'warning',
    about: 'A caller enters a queue, or leaves it without an agent, and is not told.',
    why: 'Music alone does not say what the wait is for; silence sounds like a broken line.',
    source: 'ACIXD (Association for Conversational Interaction Design), wiki on queues.',
    fix: 'Write a `transferringPrompt` and a `failPrompt`.',
    *find({ nodes }) {
      for (const each of queues(nodes)) {
        const missing = ['transferringPrompt', 'failPrompt'].filter(
          (name) => each.has(name) && each.setting(name) === undefined,
        );
        for (const field of missing)
          yield { node: each.id, field, message: `\`${field}\` is not written.`, values: { setting: field } };
      }
    },
  },
  {
    id: 'wait-three',
    severity: 'note',
    about: `Callers may wait longer than ${most.waitSeconds} seconds in a queue.`,
    why: 'After three minutes most callers have hung up.',
    source: spain,
    fix: 'Lower `maxWaitSeconds`, and connect `failed` to a mailbox.',
    *find({ nodes }) {
      for (const { id, setting } of queues(nodes)) {
        const longest = Number(setting('maxWaitSeconds'));
        if (longest > most.waitSeconds)
          yield {
            node: id,
            field: 'maxWaitSeconds',
            message: `Callers may wait ${longest} s.`,
            values: { seconds: longest },
          };
      }
    },
  },
  {
    id: 'unnamed-agent',
    severity: 'warning',
    about: 'A caller is connected without hearing who answers.',
    why: 'A caller who complains, or calls again, cannot say whom they spoke with.',
    source: spain,
    fix: 'Write a `connectedPrompt` with `${StaffNo}`.',
    laws: ['es'],
    *find({ nodes }) {
      for (const each of queues(nodes)) {
        const prompt = parsePrompt(each.setting('connectedPrompt'));
        const names = prompt.success ? promptTexts(prompt.output).flatMap(variablesIn) : [];
        if (each.has('connectedPrompt') && !names.includes('StaffNo')) {
          yield { node: each.id, field: 'connectedPrompt', message: 'The caller does not hear who answers.' };
        }
      }
    },
  },
  {
    id: 'hours-none',
    severity: 'note',
    about: 'Callers are put through at any hour: no schedule decides.',
    why: 'Out of hours nobody is online, and callers hear it only after they have chosen.',
    source: 'Our own rule.',
    fix: 'Ask a schedule before the menu, and say the opening hours if it is closed.',
    *find({ flow, nodes }) {
      const [first] = queues(nodes);
      if (first !== undefined && !Object.hasOwn(usesOf(flow), 'schedules')) {
        yield { node: first.id, message: 'Callers are put through at any hour.' };
      }
    },
  },
];

function queues(nodes: LintLook['nodes']): LookedNode[] {
  return nodes.filter(({ type }) => type.waitsFor === 'queue');
}

function at(node: string): Pick<Stumble, 'node'> {
  return node === '' ? {} : { node };
}

/** Whether a node of a proof is one of this flow: ids of nodes may be the same in flows that it enters. */
export function isIn(flow: Pick<Flow, 'id'>, place: { readonly flow: string } | undefined): boolean {
  return place?.flow === flow.id;
}

/** The failures of a proof by one of its rules, as findings. One in another flow is about no node of this one. */
export function* failing({ flow, proof }: LintLook, rule: ProofRule): Iterable<Stumble> {
  for (const { rule: each, flow: id, node, message } of proof.failures) {
    if (each !== rule) continue;
    const text = `${message.charAt(0).toUpperCase()}${message.slice(1)}`;
    if (isIn(flow, { flow: id })) yield { ...at(node), message: text };
    else {
      const elsewhere = `In the flow \`${id}\`, at \`${node}\`: ${message}`;
      yield { message: elsewhere, says: 'elsewhere', values: { flow: id, at: node } };
    }
  }
}
