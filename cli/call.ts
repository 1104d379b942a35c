import { isApology } from '../lib/flow/apology.ts';
import { fetchAgent } from '../lib/store/queue/agents.ts';
import type { CallEvent } from '../local/carrier/event.ts';
import { Obstacle } from '../local/obstacle.ts';
import { readDataDir } from '../local/settings.ts';
import { openStackTable, readStack, type Stack } from '../local/stack.ts';
import { print, printError } from '../local/terminal.ts';
import { command, type Program } from './command.ts';
import { display } from './phone/display.ts';
import { dial, type Handset, register } from './phone/handset.ts';
import { type Keys, keysOf, scripted } from './phone/keys.ts';
import { type Plan, planOf, type RungPhone } from './phone/plan.ts';
import { runProcess } from './process.ts';
import { messageOf } from './reason.ts';
import { run } from './run.ts';

/** A phone in the terminal. */
export const call: Program = {
  name: 'call',
  about: 'Is a phone.',
  commands: {},
  plain: command({
    takes: '[NUMBER]',
    summary: "calls a number on the running stack, from this terminal; or is an agent's phone",
    details: [
      'When it rings: a or Enter answers, d declines.',
      'While it listens: 0-9 * # are keys, s or Enter is silence, h or Ctrl-C hangs up.',
      'In a talk: each line is said to the other side; h or Ctrl-C hangs up.',
    ].join('\n'),
    options: {
      from: {
        value: 'CALLER',
        about:
          'who calls: +15550199, sip:ann@example.com, or anonymous (restricted, unknown, unavailable) for a withheld number',
      },
      keys: {
        value: 'KEYS',
        mayBeEmpty: true,
        about:
          'plays a script on virtual time, such as "7,wait,12345#": keys, wait for a silence, say:12 to speak into a recording; answered, busy, no-answer, refused or talked is what a dialled number does',
      },
      agent: {
        value: 'NUMBER',
        about: 'acts as the phone of the agent with this staff number; it does not sign the agent in',
      },
      number: {
        value: 'NUMBER',
        about: 'acts as the phone of an outside number, which flows dial',
      },
      xml: { about: 'shows each TwiML document' },
    },
    examples: [
      '+15550100',
      '+15550100 --keys "7,wait,1"',
      '+15550100 --from anonymous --xml',
      '--agent 1001',
      '--number +15550123',
    ],
    check: (args, values) => void planOf(args, values),
    run(args, values) {
      const plan = planOf(args, values);
      return 'to' in plan ? makeCall(plan) : answerCalls(plan);
    },
  }),
  exitCodes:
    'Exit code: 0 fine (with --keys: all of them were used), 1 something went wrong on the call, 2 there was no call.',
  refuse(error) {
    if (!(error instanceof Obstacle)) throw error;
    return { text: error.message, json: { error: 'no-call', detail: error.message, problems: [] }, code: 2 };
  },
};

/** Runs the program with these words; the answer is its exit code. */
export function main(words: readonly string[]): Promise<number> {
  return run(call, words);
}

async function makeCall({ to, from, xml, script }: Plan): Promise<number> {
  const handset = await reach((stack) => dial(stack, { to, from, virtual: script !== undefined }));
  print(`Calling ${to} from ${from} …`);
  const keys =
    script === undefined ? keysOf(handset, process.stdin, print) : scripted(handset, script, print);
  try {
    return await follow(handset, keys, xml);
  } finally {
    keys.close();
  }
}

/** Acts as the phone of an agent or of an outside number, call after call, until the stack stops or the person quits. */
async function answerCalls({ agent, number, xml }: RungPhone): Promise<number> {
  const handset = await reach(async (stack) =>
    register(stack, number ?? (await endpointOf(stack, agent ?? ''))),
  );
  const more = agent === undefined ? '' : ` To sign in: npx branchline agents sign-in ${agent}`;
  print(`The phone of ${number ?? agent} is here. Ctrl-C ends it.${more}`);
  const keys = keysOf(handset, process.stdin, print);
  let wrong = false;
  try {
    for await (const event of handset.events) {
      if (show(event, xml)) wrong = true;
      keys.notice(event);
    }
    return wrong ? 1 : 0;
  } finally {
    keys.close();
  }
}

/** The endpoint of an agent, from the stack's table. */
async function endpointOf(stack: Stack, number: string): Promise<string> {
  const table = openStackTable(stack);
  try {
    const agent = await fetchAgent(table, number);
    if (agent !== undefined) return agent.endpoint;
    throw new Obstacle(`There is no agent ${number}: npx branchline agents list shows them.`);
  } finally {
    table.client.destroy();
  }
}

async function reach(pickUp: (stack: Stack) => Promise<Handset>): Promise<Handset> {
  const stack = readStack(readDataDir());
  const missing = new Obstacle('No stack is running here: start one with npm start, in another terminal.');
  if (stack === undefined) throw missing;
  try {
    return await pickUp(stack);
  } catch (cause) {
    if (cause instanceof Obstacle) throw cause;
    if (cause instanceof Error && 'code' in cause && cause.code === 'ECONNREFUSED') throw missing;
    throw new Obstacle(`The carrier: ${messageOf(cause)}`);
  }
}

/** Shows the call to its end, and returns the exit code. */
async function follow(handset: Handset, keys: Keys, xml: boolean): Promise<number> {
  let wrong = false;
  let over = false;
  for await (const event of handset.events) {
    if (show(event, xml)) wrong = true;
    if (event.event === 'heard' && 'say' in event && isApology(event.say)) wrong = true;
    if (event.event === 'ended') over = true;
    keys.notice(event);
  }
  if (!over) {
    printError('The stack ended in the middle of the call.');
    return 1;
  }
  if (keys.left.length > 0) {
    printError(`The call ended before all keys were used. Left: ${keys.left.join(',')}.`);
    return 1;
  }
  return wrong ? 1 : 0;
}

/** Shows an event; returns whether it is an error. */
function show(event: CallEvent, xml: boolean): boolean {
  const { text, wrong = false } = display(event, xml);
  if (event.event === 'ringing') process.stdout.write('\u0007');
  if (text !== undefined) (wrong ? printError : print)(text);
  return wrong;
}

if (import.meta.main) await runProcess(main);
