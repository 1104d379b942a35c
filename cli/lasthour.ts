import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { defined } from '../lib/flow/defined.ts';
import { adviceOn } from './advice.ts';
import { type Finding, NotChecked, runCheck } from './finding.ts';
import { valuesIn } from './logline.ts';
import { tellPauses } from './pauses.ts';
import { messageOf } from './reason.ts';

const spanMs = 3_600_000;
/** The most pages read from one log, each of up to 10,000 lines. */
const mostPages = 50;
/** Apologies are reported as wrong from this number, and from this share of all calls. */
const apologiesToTell = 3;
const shareToTell = 0.02;

/** The lines of the voice function except plain steps: metrics of calls and queues, and errors. */
const voicePattern =
  '{ ($.level = "error") || ($.Calls > 0) || ($.Apologies > 0) || ($.QueueWait >= 0) || ($.Missed > 0) || ($.RefusedRings > 0) || ($.PausedConnections > 0) || ($.ResumedConnections > 0) }';
const errorPattern = '{ $.level = "error" }';
/** Lambda's messages for a function that broke or timed out. */
const brokenPattern =
  '?"Task timed out" ?"Runtime exited" ?"Invoke Error" ?"Uncaught Exception" ?"ImportModuleError"';

/** The lines of an hour, and whether all of them were read. */
interface Read {
  readonly lines: readonly string[];
  readonly isWhole: boolean;
}

/** Reads the last hour in the logs of a stage, and says what is wrong. Changes nothing. */
export async function examineLastHour(stage: string, now: Date = new Date()): Promise<Finding[]> {
  const client = new CloudWatchLogsClient({ maxAttempts: 4 });
  const read = (name: string, pattern: string) =>
    readLog(client, `/aws/lambda/branchline-${stage}-${name}`, pattern, now);
  try {
    let voice: Read | undefined;
    const first = await runCheck('last hour', async () => {
      voice = await read('voice', voicePattern);
      return tellCalls(voice);
    });
    if (voice === undefined) return [first];
    const found = [
      first,
      ...(await tellErrors('voice', voice)),
      ...(await tellQueue(voice)),
      ...(await tellPauses(voice.lines)),
    ];
    for (const name of ['journal', 'admin', 'media']) {
      const one = await runCheck(name, async () => {
        const { lines } = await read(name, errorPattern);
        if (lines.length > 0) throw new Error(errorsOf(lines).join('; '));
        return 'No errors in the last hour.';
      });
      found.push(one);
    }
    found.push(await runCheck('functions', () => checkBroken(read)));
    return found;
  } finally {
    client.destroy();
  }
}

async function readLog(
  client: CloudWatchLogsClient,
  logGroupName: string,
  filterPattern: string,
  now: Date,
): Promise<Read> {
  const lines: string[] = [];
  let nextToken: string | undefined;
  try {
    for (let page = 0; page < mostPages; page += 1) {
      const startTime = now.getTime() - spanMs;
      const command = new FilterLogEventsCommand({
        ...{ logGroupName, filterPattern, startTime, endTime: now.getTime() },
        ...defined({ nextToken }),
      });
      const { events = [], nextToken: next } = await client.send(command);
      lines.push(...events.flatMap(({ message }) => message?.trimEnd() ?? []));
      if (next === undefined) return { lines, isWhole: true };
      nextToken = next;
    }
    return { lines, isWhole: false };
  } catch (error) {
    throw new NotChecked(`Not checked: ${logGroupName} cannot be read: ${messageOf(error)}`);
  }
}

/** The sum of a metric. */
function sum(lines: readonly string[], name: string): number {
  return values(lines, name).reduce((all, each) => all + each, 0);
}

function values(lines: readonly string[], name: string): number[] {
  return lines.flatMap((line) => {
    const value = valuesIn(line)[name];
    return typeof value === 'number' ? [value] : [];
  });
}

/** A share of a total, in words: `3 of 120 calls (2.5 %)`. */
function share(part: number, whole: number, what: string): string {
  const percent = whole === 0 ? '' : ` (${((100 * part) / whole).toFixed(1)} %)`;
  return `${part} of ${whole} ${what}${percent}`;
}

function tellCalls({ lines, isWhole }: Read): string {
  const [calls, apologies] = [sum(lines, 'Calls'), sum(lines, 'Apologies')];
  const cut = isWhole
    ? ''
    : ' Only the first part of the hour was read: there is more than half a million lines.';
  if (calls === 0 && apologies === 0) return `No call came in.${cut}`;
  const said = `The apology was heard in ${share(apologies, calls, 'calls')}.${cut}`;
  if (apologies >= apologiesToTell && apologies >= shareToTell * calls) throw new Error(said);
  return said;
}

/** The errors of a log by code, the most frequent first, each with advice. */
function errorsOf(lines: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const { level, code, error } of lines.map(valuesIn)) {
    if (level !== 'error') continue;
    const name = String(code ?? error ?? 'Error');
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts]
    .toSorted(([, one], [, other]) => other - one)
    .map(([code, count]) => `${count} × ${code}: ${adviceOn(code)}`);
}

async function tellErrors(check: string, { lines }: Read): Promise<Finding[]> {
  const told = errorsOf(lines);
  if (told.length === 0) return [await runCheck(check, () => 'No errors in the last hour.')];
  return await Promise.all(
    told.map((each) =>
      runCheck(check, () => {
        throw new Error(`${each}.`);
      }),
    ),
  );
}

async function tellQueue({ lines }: Read): Promise<Finding[]> {
  const [answered, abandoned] = [sum(lines, 'Answered'), sum(lines, 'Abandoned')];
  const [refused, missed] = [sum(lines, 'RefusedRings'), sum(lines, 'Missed')];
  const waits = values(lines, 'QueueWait');
  const found: Finding[] = [];
  if (waits.length > 0) {
    found.push(
      await runCheck('queue', () => {
        const soon = share(sum(lines, 'AnsweredWithin20s'), answered, 'answered callers within 20 s');
        const longest = `the longest wait was ${waits.reduce((longest, each) => Math.max(longest, each))} s`;
        return `${share(abandoned, answered + abandoned, 'callers')} hung up while they waited; ${soon}; ${longest}; rings that agents missed: ${missed}.`;
      }),
    );
  }
  if (refused > 0) {
    found.push(
      await runCheck('rings', () => {
        throw new Error(
          `Rings that the carrier did not begin: ${refused}. Look at the token, the balance and the account there, and at the endpoints of agents.`,
        );
      }),
    );
  }
  return found;
}

async function checkBroken(read: (name: string, pattern: string) => Promise<Read>): Promise<string> {
  const names = ['voice', 'journal', 'admin', 'media'];
  const counts = await Promise.all(names.map(async (name) => (await read(name, brokenPattern)).lines.length));
  const broken = names.flatMap((name, place) => (counts[place] ? [`${name} (${counts[place]})`] : []));
  if (broken.length === 0) return 'None broke or ran into its timeout in the last hour.';
  throw new Error(
    `Broke or ran into the timeout in the last hour: ${broken.join(', ')}. Their logs say why.`,
  );
}
