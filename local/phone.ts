import { parseArgs } from 'node:util';
import { isApology } from '../lib/flow/apology.ts';
import type { CallEvent, EndReason } from './carrier/event.ts';
import { dial, type Handset } from './handset.ts';
import { type Keys, keysOf, scripted } from './keys.ts';
import { Obstacle } from './obstacle.ts';
import { readDataDir } from './settings.ts';
import { readStack } from './stack.ts';

const usage = `Calls a number on the running stack, from this terminal.

  npm run call -- +15550100 [options]

  --from NUMBER     who calls (+15550199)
  --keys "7,wait,1" plays a script on virtual time: each key is pressed when one is awaited, "wait" lets the
                    time to wait be over. Ends with 0 when all keys were used and nothing went wrong
  --xml             shows each TwiML document
  --help            shows this

While it listens: 0-9 * # are keys, s or Enter is silence, h or Ctrl-C hangs up.
Ends with 0; with 1 when something went wrong on the call; with 2 when there was none.`;

interface Plan {
  readonly to: string;
  readonly from: string;
  readonly xml: boolean;
  /** The keys of the script; undefined for a person's. */
  readonly script: readonly string[] | undefined;
}

const reasons: Readonly<Record<EndReason, string>> = {
  caller: 'You hung up.',
  hangup: 'The other side hung up.',
  finished: 'The last document had no more to say.',
  rejected: 'The call was rejected.',
  busy: 'The number is busy.',
  failed: 'The call failed.',
  'time-limit': 'Calls last four hours at the most.',
};

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (cause) {
  if (!(cause instanceof Obstacle)) throw cause;
  console.error(cause.message);
  process.exitCode = 2;
}

async function main(words: readonly string[]): Promise<number> {
  const plan = planOf(words);
  if (plan === undefined) {
    console.log(usage);
    return 0;
  }
  const handset = await ring(plan);
  console.log(`Calling ${plan.to} from ${plan.from} …`);
  const show = (line: string) => console.log(line);
  const keys =
    plan.script === undefined ? keysOf(handset, process.stdin, show) : scripted(handset, plan.script, show);
  try {
    return await follow(handset, keys, plan.xml);
  } finally {
    keys.close();
  }
}

/** What the command line asks for; undefined for its help. */
function planOf(words: readonly string[]): Plan | undefined {
  const { values, positionals } = parsed(words);
  if (values.help === true) return undefined;
  const [to, ...more] = positionals;
  if (to === undefined || more.length > 0) {
    throw new Obstacle('Which number? Say one: npm run call -- +15550100 (--help shows more).');
  }
  const from = values.from ?? '+15550199';
  for (const number of [to, from]) {
    if (/^\+[1-9]\d{1,14}$/.test(number)) continue;
    throw new Obstacle(`"${number}" is no number: write it with + and its country code, as in +15550100.`);
  }
  const script = values.keys
    ?.split(',')
    .map((key) => key.trim())
    .filter((key) => key !== '');
  const wrong = script?.find((key) => !/^([0-9*#]|wait)$/.test(key));
  if (wrong !== undefined) {
    throw new Obstacle(
      `--keys: "${wrong}" is neither a key (0-9 * #) nor "wait"; write them as in "7,wait,1".`,
    );
  }
  return { to, from, xml: values.xml === true, script };
}

function parsed(words: readonly string[]) {
  const options = {
    from: { type: 'string' },
    keys: { type: 'string' },
    xml: { type: 'boolean' },
    help: { type: 'boolean' },
  } as const;
  try {
    return parseArgs({ args: [...words], options, allowPositionals: true });
  } catch (cause) {
    const [sentence] = String(cause instanceof Error ? cause.message : cause).split('. ', 1);
    throw new Obstacle(`${sentence} (--help shows more).`);
  }
}

async function ring({ to, from, script }: Plan): Promise<Handset> {
  const stack = readStack(readDataDir());
  const missing = new Obstacle('No stack is running here: start one with npm start, in another terminal.');
  if (stack === undefined) throw missing;
  try {
    return await dial(stack.carrierUrl, { to, from, virtual: script !== undefined });
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ECONNREFUSED') throw missing;
    throw new Obstacle(`The carrier: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}

/** Shows the call to its end, and resolves with what the command ends with. */
async function follow(handset: Handset, keys: Keys, xml: boolean): Promise<number> {
  let wrong = false;
  let over = false;
  for await (const event of handset.events) {
    show(event, xml);
    if (event.event === 'failed') wrong = true;
    if (event.event === 'heard' && 'say' in event && isApology(event.say)) wrong = true;
    if (event.event === 'ended') over = true;
    keys.awaited(event.event === 'gathering');
  }
  if (!over) {
    console.error('The stack ended in the middle of the call.');
    return 1;
  }
  if (keys.left.length > 0) {
    console.error(`The call ended before all keys were used. Left: ${keys.left.join(',')}.`);
    return 1;
  }
  return wrong ? 1 : 0;
}

function show(event: CallEvent, xml: boolean): void {
  switch (event.event) {
    case 'document':
      if (xml) console.log(`\n${event.xml}\n`);
      break;
    case 'heard':
      console.log('say' in event ? `  ${event.say}` : `  ♪ ${event.play}`);
      break;
    case 'gathering':
      console.log(`  … listening for ${event.timeoutSeconds} s`);
      break;
    case 'failed':
      console.error(`! ${event.code === 0 ? 'carrier' : event.code}: ${event.message}`);
      break;
    case 'ended':
      console.log(`${reasons[event.reason]} (${event.seconds} s)`);
  }
}
