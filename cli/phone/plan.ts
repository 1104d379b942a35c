import { numberOrWord, phoneFaultText, readPhone } from '../../lib/flow/phone.ts';
import { otherSides } from '../../local/carrier/call.ts';
import { Obstacle } from '../../local/obstacle.ts';

/** A call to make. */
export interface Plan {
  readonly to: string;
  readonly from: string;
  readonly xml: boolean;
  /** The keys of a script; `undefined` if a person presses them. */
  readonly script: readonly string[] | undefined;
}

/** A phone that is rung: an agent's, or that of an outside number. */
export interface RungPhone {
  /** The agent's staff number. */
  readonly agent?: string;
  /** The number outside, in E.164. */
  readonly number?: string;
  readonly xml: boolean;
}

/** A valid caller: a number, a SIP address, or the carrier's word for a withheld number. */
const caller = /^(\+[1-9]\d{1,14}|sips?:[^\s@]+@[^\s@]+|anonymous|restricted|unknown|unavailable)$/i;

/** The options of the phone. */
export interface PhoneOptions {
  readonly from?: string | undefined;
  readonly keys?: string | undefined;
  readonly agent?: string | undefined;
  readonly number?: string | undefined;
  readonly xml?: boolean;
}

/** Reads the command line. Throws an Obstacle that says what is wrong with it. */
export function planOf([called]: readonly string[], values: PhoneOptions): Plan | RungPhone {
  const { agent, xml = false, keys } = values;
  if (values.number !== undefined) return outsideOf(called, values, values.number);
  const from = numberOrWord(values.from ?? '+15550199');
  if (agent !== undefined) {
    if (called !== undefined || values.from !== undefined || keys !== undefined) {
      throw new Obstacle('--agent is rung: it takes no number, no --from and no --keys.');
    }
    if (/^[0-9]{1,10}$/.test(agent)) return { agent, xml };
    throw new Obstacle(`--agent: "${agent}" is not a staff number: write it as in 1001.`);
  }
  if (called === undefined) throw new Obstacle('Which number? Name one: npx branchline call +15550100');
  const to = readPhone(called);
  if (!('number' in to)) throw new Obstacle(`The number "${called}" ${phoneFaultText(to)}.`);
  if (!caller.test(from)) {
    throw new Obstacle(
      `--from: "${from}" cannot call: write a number as in +15550199, sip:ann@example.com, or "anonymous".`,
    );
  }
  return { to: to.number, from, xml, script: scriptOf(keys) };
}

function outsideOf(
  called: string | undefined,
  { agent, from, keys, xml = false }: PhoneOptions,
  text: string,
): RungPhone {
  if (called !== undefined || from !== undefined || keys !== undefined || agent !== undefined) {
    throw new Obstacle('--number is rung: it takes no number to call, no --from, no --keys and no --agent.');
  }
  const read = readPhone(text);
  if ('number' in read) return { number: read.number, xml };
  throw new Obstacle(`--number: "${text}" ${phoneFaultText(read)}.`);
}

function scriptOf(keys: string | undefined): string[] | undefined {
  const script = keys
    ?.split(',')
    .map((key) => key.trim())
    .filter((key) => key !== '');
  const wrong = script?.find(
    (key) => !/^([0-9*#]{1,64}|wait|say:[0-9]{1,3})$/.test(key) && !otherSides.some((each) => each === key),
  );
  if (wrong === undefined) return script;
  throw new Obstacle(
    `--keys: "${wrong}" is neither keys (0-9 * #), nor "wait", nor "say:" with seconds, nor one of ${otherSides.join(', ')}; write them as in "7,wait,12345#,say:12".`,
  );
}
