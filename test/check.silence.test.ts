import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { check, faulty } from '../lib/engine/check.ts';
import { begin, type Cursor, readCursor, writeCursor } from '../lib/flow/cursor.ts';
import type { Event } from '../lib/flow/events.ts';
import type { Flow, FlowNode } from '../lib/flow/flow.ts';
import { goodbye } from '../lib/flow/goodbye.ts';
import { noMemory } from '../lib/flow/memory.ts';
import { events } from './kit/randomflows.ts';
import { menu, play, quietFlow, transfer } from './kit/testflows.ts';
import { readFacts, take } from './kit/transcript.ts';

const english = goodbye('en-US').text;
const timeoutPrompt = { text: 'No key.' };
const errorPrompt = { text: 'Wrong key.' };

/** The warnings of a flow, as `node field: message`. */
function warnings(flow: Flow): string[] {
  return check(flow)
    .filter(({ rule }) => rule === 'silent-end')
    .map(({ node, field, message }) => `${node} ${field}: ${message}`);
}

describe('a check warns of ends that only the goodbye of the system is heard at', () => {
  const only = "hears only the system's goodbye when the call ends here: write your own words into";
  test.each<[string, Flow, string[]]>([
    [
      'an end behind the start',
      quietFlow({ first: { type: 'end' } }),
      [`first prompt: A caller who has just arrived ${only} \`prompt\`.`],
    ],
    [
      'a menu with nothing but a prompt',
      quietFlow({ first: menu({ 1: 'first' }) }),
      [
        `first timeoutPrompt: A caller who presses no key at \`first\` ${only} \`timeoutPrompt\`, or connect the exit \`timeout\`.`,
        `first errorPrompt: A caller who presses wrong keys at \`first\` ${only} \`errorPrompt\`, or connect the exit \`errors\`.`,
      ],
    ],
    [
      'an end behind an exit for silence',
      quietFlow({ first: menu({ 1: 'first', timeout: 'silent' }, { errorPrompt }) }),
      [
        `silent prompt: A caller who presses no key at \`first\` ${only} \`prompt\`, or into \`timeoutPrompt\` of \`first\`.`,
      ],
    ],
    [
      'an end behind a key',
      quietFlow({ first: menu({ 4: 'silent' }, { errorPrompt, timeoutPrompt }) }),
      [`silent prompt: A caller who presses 4 at \`first\` ${only} \`prompt\`.`],
    ],
    [
      'an end behind a queue that nobody answers',
      quietFlow({ first: transfer({ transferringPrompt: { text: 'One moment.' } }) }),
      [
        `silent prompt: A caller who finds no agent at \`first\` ${only} \`prompt\`, or into \`failPrompt\` of \`first\`.`,
      ],
    ],
    [
      'an end behind a prompt that may be nothing, whatever number of nodes lie between',
      quietFlow({
        first: play('${SystemCallerNumber}', 'second'),
        second: play('“${SystemCallerNumber}”', 'silent'),
      }),
      [`silent prompt: A caller who has just arrived ${only} \`prompt\`.`],
    ],
  ])('%s', (_, flow, expected) => {
    expect(warnings(flow)).toEqual(expected);
    expect(faulty(check(flow))).toBe(false);
  });

  test.each<[string, Flow]>([
    ['an own word', quietFlow({ first: play('Welcome ${SystemCallerNumber}', 'silent') })],
    ['a variable that every call has', quietFlow({ first: play('${SystemCalleeNumber}', 'silent') })],
    ['a place in the queue', quietFlow({ first: transfer({ failPrompt: { text: '${WaitNo}' } }) })],
    ['a talk', quietFlow({ first: transfer({ failPrompt: { text: 'Nobody is here.' } }) })],
    [
      'a menu that has all prompts',
      quietFlow({ first: menu({ 1: 'first' }, { errorPrompt, timeoutPrompt }) }),
    ],
    [
      'a node that no call comes to',
      quietFlow({ first: play('Welcome.', 'silent'), lost: menu({ 1: 'silent' }) }),
    ],
    ['what is missing anyway', quietFlow({ first: { type: 'play', exits: { next: 'silent' } } })],
  ])('but not of %s', (_, flow) => {
    expect(warnings(flow)).toEqual([]);
  });
});

/** Flows that can be published, of nodes with and without prompts. */
const sound = fc.constantFrom({ text: 'Words.' }, { text: '${SystemCallerNumber}' }, { audio: 'jingle' });
const perhaps = fc.option(sound, { nil: undefined });
const ids = ['first', 'a', 'b', 'c', 'd'];
const to = fc.constantFrom(...ids);
const maybe = fc.option(to, { nil: undefined });
const node: fc.Arbitrary<FlowNode> = fc
  .oneof(
    fc.record({ type: fc.constant('play'), prompt: sound, exits: fc.record({ next: to }) }),
    fc.record({
      type: fc.constant('branch'),
      ...{ prompt: sound, timeoutPrompt: perhaps, errorPrompt: perhaps },
      maxErrors: fc.constantFrom(1, 2),
      exits: fc.record({
        1: to,
        timeout: maybe,
        errors: maybe,
      }),
    }),
    fc.record({
      ...{ type: fc.constant('transfer'), skillGroup: fc.constant('sales'), failPrompt: perhaps },
      exits: fc.record({ next: to, failed: maybe }),
    }),
    fc.record({ type: fc.constant('end'), prompt: perhaps }),
  )
  .map((each) => JSON.parse(JSON.stringify(each)) as FlowNode);

/** Takes a call through these events, and answers the node at which the goodbye was heard, if it was. */
function nodeOfGoodbye(flow: Flow, happened: readonly Event[], online: boolean): string | undefined {
  let cursor: Cursor | undefined = begin('test', 1, 'en-US');
  for (const event of happened) {
    if (cursor === undefined) return undefined;
    const answer = take(
      flow,
      { cursor, memory: noMemory },
      event,
      readFacts([`? available sales: ${online ? 'yes' : 'no'}`]),
    );
    if (answer.verbs.some((verb) => verb.verb === 'say' && verb.text === english))
      return answer.journal.at(-1)?.node;
    cursor = answer.wait === undefined ? undefined : readCursor(writeCursor(answer.wait.cursor));
  }
  return undefined;
}

test('whatever the flow and whatever happens: no goodbye is heard that the check did not warn of', () => {
  let byes = 0;
  fc.assert(
    fc.property(
      fc.array(node, { minLength: ids.length, maxLength: ids.length }),
      fc.array(events, { minLength: 4, maxLength: 8 }),
      fc.boolean(),
      (nodes, happened, online) => {
        const flow = quietFlow(Object.fromEntries(ids.map((id, index) => [id, nodes[index] as FlowNode])));
        const ended = nodeOfGoodbye(flow, happened, online);
        if (ended === undefined) return;
        byes += 1;
        expect(warnings(flow).map((warning) => warning.split(' ', 1)[0])).toContain(ended);
      },
    ),
    { numRuns: 1000 },
  );
  expect(byes).toBeGreaterThan(20);
});
