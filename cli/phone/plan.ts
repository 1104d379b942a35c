import { parseArgs } from 'node:util';
import { numberOrWord, phoneFaultText, readPhone } from '../../lib/flow/phone.ts';
import { Obstacle } from '../../local/obstacle.ts';

/** How to use the phone. */
export const usage = `Calls a number on the running stack, from this terminal; or is an agent's phone.

  npm run call -- +15550100 [options]
  npm run call -- --agent 1001

  --from CALLER     who calls (+15550199): a number, a SIP address (sip:ann@example.com), or "anonymous" for a
                    caller who withholds the number ("restricted", "unknown", "unavailable" too)
  --keys "7,wait,1" plays a script on virtual time: each key is pressed when one is awaited, "wait" lets the
                    time to wait be over, "12345#" types several keys. Ends with 0 when all keys were used and
                    nothing went wrong
  --agent NUMBER    waits at the endpoint of the agent with this staff number, to be rung. It signs nobody in:
                    npm run agents -- sign-in 1001
  --xml             shows each TwiML document
  --help            shows this

When it rings: a or Enter answers, d declines.
While it listens: 0-9 * # are keys, s or Enter is silence, h or Ctrl-C hangs up.
In a talk: each line is said to the other side; h or Ctrl-C hangs up.
Ends with 0; with 1 when something went wrong on the call; with 2 when there was none.`;

/** A call to make. */
export interface Plan {
  readonly to: string;
  readonly from: string;
  readonly xml: boolean;
  /** The keys of the script; undefined for a person's. */
  readonly script: readonly string[] | undefined;
}

/** An agent's phone to be. */
export interface Desk {
  /** The agent's staff number. */
  readonly agent: string;
  readonly xml: boolean;
}

/** Who can call: a number, a SIP address, or a carrier's word for a number that is withheld. */
const caller = /^(\+[1-9]\d{1,14}|sips?:[^\s@]+@[^\s@]+|anonymous|restricted|unknown|unavailable)$/i;

/** What the command line asks for; undefined for its help. Throws an Obstacle where it asks for nothing that there is. */
export function planOf(words: readonly string[]): Plan | Desk | undefined {
  const { values, positionals } = parsed(words);
  const { help, agent, xml = false, keys } = values;
  const from = numberOrWord(values.from ?? '+15550199');
  if (help === true) return undefined;
  const [called, ...more] = positionals;
  if (agent !== undefined) {
    if (called !== undefined || values.from !== undefined || keys !== undefined) {
      throw new Obstacle('--agent is rung: it takes no number, no --from and no --keys.');
    }
    if (/^[0-9]{1,10}$/.test(agent)) return { agent, xml };
    throw new Obstacle(`--agent: "${agent}" is no staff number: write it as in 1001.`);
  }
  if (called === undefined || more.length > 0) {
    throw new Obstacle('Which number? Say one: npm run call -- +15550100 (--help shows more).');
  }
  const to = readPhone(called);
  if (!('number' in to)) throw new Obstacle(`The number "${called}" ${phoneFaultText(to)}.`);
  if (!caller.test(from)) {
    throw new Obstacle(
      `--from: "${from}" cannot call: write a number as in +15550199, sip:ann@example.com, or "anonymous".`,
    );
  }
  return { to: to.number, from, xml, script: scriptOf(keys) };
}

function scriptOf(keys: string | undefined): string[] | undefined {
  const script = keys
    ?.split(',')
    .map((key) => key.trim())
    .filter((key) => key !== '');
  const wrong = script?.find((key) => !/^([0-9*#]{1,64}|wait)$/.test(key));
  if (wrong === undefined) return script;
  throw new Obstacle(
    `--keys: "${wrong}" is neither keys (0-9 * #) nor "wait"; write them as in "7,wait,12345#".`,
  );
}

function parsed(words: readonly string[]) {
  const options = {
    from: { type: 'string' },
    keys: { type: 'string' },
    agent: { type: 'string' },
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
