import type { DrillRow } from './row.ts';
import { type Situation, situations } from './situations.ts';
import type { Case, Where } from './webhooks.ts';

/** What came of all drills. */
export interface Drilled {
  readonly cases: Readonly<Record<Where, readonly Case[]>>;
  readonly rows: readonly DrillRow[];
  /** The machine and the day, for who reads the times. */
  readonly by: string;
}

/** `docs/reliability.md`, made from what came of the drills. */
export function pageOf({ cases, rows, by }: Drilled): string {
  const { database, carrier, storage } = cases;
  const all = [...database, ...carrier, ...storage];
  const problems = [
    ...all.flatMap((each) => each.problems.map((problem) => `${titleOf(each)}: ${problem}`)),
    ...rows.flatMap(({ what, problems: found }) => found.map((problem) => `${what}: ${problem}`)),
  ];
  return `${head(all, by)}
## What was found

${problems.length === 0 ? 'No problems.' : problems.map((each) => `- ${each}`).join('\n')}

## The database in trouble

What is heard at each webhook, over ${count(database.map(({ fault }) => fault))} faults, by instances that are warm and cold:

${bySituation(database)}

The same by fault, over these webhooks but the callbacks of recordings:

${byFault(database)}

## The carrier's REST API in trouble

Callers hear the same as if all is well: webhooks do not need it. The next wait request rings the agent, 10 s later at most.

${byFault(carrier)}

## Messages of callers

The callback of a recording, \`POST /voice/recording\`, has 14 s: the carrier waits for 15 s. It is answered with 200 once the message is in
the table, with 500 if it is not: the log has the error, and the recording stays at the carrier. After the trouble another caller leaves a
message. By its callback, or by that of a message a day later, every message that was acknowledged to its caller or to the carrier must lie in
our storage as it was spoken, and no recording may be listed as left at the carrier.

${byServer(all)}

The same with the storage in trouble, by fault:

${byAnswer(storage)}

${notes}
## Other drills

${table(
  ['what happens', 'what came of it'],
  rows.map(({ what, came }) => [what, came]),
)}

${limits}`;
}

function head(cases: readonly Case[], by: string): string {
  const met = cases.filter((each) => each.met).length;
  return `# What happens in trouble

This page is written by \`npm run drills\`, on the real handlers and the embedded database. Proxies on loopback between them
delay, drop, throttle, cut and lose answers. ${cases.length} webhooks were tried: ${met} met a fault, ${cases.length - met} did not ask the server that was in
trouble. After each, the trouble ends, and
**no further webhook of the call that met it arrives**: the worst case. Then another caller arrives, waits, and must be served; agents take
every call that rings. At the end no queue entry and no lease may be left, and every agent must still be online.

Times are of ${by}. A caller or an agent must hear something within 3 s; a webhook whose answer nobody hears is answered within 5 s, the
callback of a recording within 15 s.
`;
}

const notes = `An endpoint that the carrier refuses (codes 21201, 21211, 21214, 21217, 13223, 13224) counts as the agent's miss. A wrong token, a suspended
account, a country that is not allowed and a carrier that is down do not. After three wait requests in a row at which nobody could be rung, the
caller hears the \`failPrompt\` and leaves by \`failed\`. No agent is sent on a break for it. A country that is not allowed keeps no other agent from
being rung: the next try is another agent.

## What is held, and for how long

| what | held for at most | what ends it |
|---|---|---|
| an agent who is being rung | 35 s with a ring of 20 s (the ring and 15 s) | the next wait request of any caller, once the lease has ended |
| an agent who was asked to press 1 | 30 s | the same |
| an agent who talks, if the end of the talk was never reported | 300 s; with the ring after it the next caller was served within 330 s | a waiting caller: the carrier is asked whether the talk goes on |
| a caller who has gone, if that was never reported | 90 s after their last wait request | the next wait request of any other caller; until then an agent may be rung for them |
| a recording at the carrier that was noted and never became a message | a day | the callback of another message, or opening the list of voicemails |
| departures, sealed memory, hourly counters | hours | the table's time to live |

Nothing has to be repaired by hand. No agent is sent on a break for a failure of ours: if the carrier reports a leg as \`completed\` while its lease
still says \`ringing\`, the agent has answered, and we failed; a leg that the carrier does not know rang nobody.
`;

const limits = `## What is not drilled

- AWS itself: throttles of Lambda, of API Gateway and of a hot partition happen there only. The alarms of \`serverless.yml\` watch them.
- Two regions. A stage lives in one.
- The speed of the line between the carrier and the stage: the carrier gives a webhook 15 s, and asks the fallback after that.
`;

function titleOf({ situation, fault, warm }: Case): string {
  return `${situation.name}, ${fault}, ${warm ? 'warm' : 'cold'}`;
}

function bySituation(cases: readonly Case[]): string {
  const rows = situations.flatMap((situation) => {
    const own = cases.filter((each) => each.situation.name === situation.name);
    return own.length === 0 ? [] : [rowOf(situation, own)];
  });
  return table(
    [
      'webhook',
      'heard by',
      'if all is well',
      'in trouble, warm',
      'in trouble, cold',
      'slowest',
      'next caller served after',
    ],
    rows,
  );
}

function rowOf({ name, hears, usual }: Situation, own: readonly Case[]): string[] {
  const heard = (warm: boolean) => {
    const said = own.filter((each) => each.warm === warm).map(({ answered }) => answered.heard);
    return hears === 'nobody' ? '' : tally(said);
  };
  return [name, hears, hears === 'nobody' ? '' : usual, heard(true), heard(false), slowest(own), served(own)];
}

/** The webhooks of the media function, which nobody hears: what each was answered while a server was in trouble. */
function byServer(cases: readonly Case[]): string {
  const rows = situations.flatMap((situation) =>
    situation.by !== 'media'
      ? []
      : servers.flatMap(([where, title]) => {
          const own = cases.filter((each) => each.situation.name === situation.name && each.where === where);
          if (own.length === 0) return [];
          const statuses = tally(own.map(({ answered }) => String(answered.status)));
          return [[situation.name, title, statuses, slowest(own)]];
        }),
  );
  return table(['webhook', 'in trouble', 'answered', 'slowest'], rows);
}

const servers: readonly (readonly [Where, string])[] = [
  ['database', 'the database'],
  ['carrier', 'the carrier’s REST API'],
  ['storage', 'the storage'],
];

/** The same by fault. */
function byAnswer(cases: readonly Case[]): string {
  const names = [...new Set(cases.map(({ fault }) => fault))];
  const rows = names.map((name) => {
    const own = cases.filter(({ fault }) => fault === name);
    return [name, tally(own.map(({ answered }) => String(answered.status))), slowest(own)];
  });
  return table(['fault', 'answered', 'slowest'], rows);
}

function byFault(all: readonly Case[]): string {
  const cases = all.filter(({ situation }) => situation.by !== 'media');
  const names = [...new Set(cases.map(({ fault }) => fault))];
  const rows = names.map((name) => {
    const own = cases.filter(({ fault }) => fault === name);
    const heard = own.filter(({ situation }) => situation.hears !== 'nobody');
    const usual = heard.filter(({ situation, answered }) => situation.usual === answered.heard).length;
    const apologies = heard.filter(
      ({ situation, answered }) => answered.heard === 'the apology' && situation.usual !== 'the apology',
    ).length;
    const other = heard.length - usual - apologies;
    return [name, `${usual} of ${heard.length}`, String(apologies), String(other), slowest(own), served(own)];
  });
  return table(
    [
      'fault',
      'heard as if all were well',
      'the apology',
      'something else',
      'slowest',
      'next caller served after',
    ],
    rows,
  );
}

/** Texts with how often each comes, the most frequent first. */
function tally(texts: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts]
    .toSorted(([, one], [, other]) => other - one)
    .map(([text, many]) => (counts.size === 1 ? text : `${text} ${many}×`))
    .join(', ');
}

function slowest(own: readonly Case[]): string {
  return `${(Math.max(...own.map(({ answered }) => answered.ms)) / 1000).toFixed(1)} s`;
}

function served(own: readonly Case[]): string {
  const times = own.map(({ recovery }) => recovery.servedAfter ?? Number.POSITIVE_INFINITY);
  const [least, most] = [Math.min(...times), Math.max(...times)];
  return least === most ? `${most} s` : `${least}–${most} s`;
}

function count(names: readonly string[]): number {
  return new Set(names).size;
}

function table(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [titles, titles.map(() => '---'), ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
