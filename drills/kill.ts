import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { tone, wavOf } from '../test/kit/audio.ts';
import { freePort } from '../test/kit/port.ts';
import { aftermathOf } from './aftermath.ts';
import { flow as drawn } from './callcentre.ts';
import { wrongAfter } from './recovery.ts';
import type { DrillRow } from './row.ts';
import { api, kill, publishFlow, type Running, startStack, webhook } from './stack.ts';

/** What the stack has acknowledged, or was asked for last and may have done. */
export interface Known {
  /** Texts of the draft that may stand: the last that was acknowledged, and what was on its way. */
  drafts: string[];
  /** Versions that were acknowledged, with the text that each holds. */
  readonly versions: Map<number, string>;
  /** Numbers that were bound. */
  readonly numbers: Set<string>;
  /** Audio that was announced and uploaded. */
  readonly audio: Set<string>;
  /** Calls that stand in a menu, each with the path and query that its next key goes to. */
  readonly calls: Map<string, string>;
  readonly counts: Record<string, number>;
}

const number = '+15550199';

/** An agent who is online all the time. Their phone rings longer than a stack lives: a phone in a browser that is closed would miss rings. */
const agent = '2001';

/** A flow whose menu says a text that is found again. */
function flowSaying(text: string) {
  const menu = { ...drawn.nodes.menu, prompt: { text } };
  return { ...drawn, id: 'killed', nodes: { ...drawn.nodes, menu } };
}

const textOf = (flow: { nodes: { menu: { prompt: { text: string } } } }) => flow.nodes.menu.prompt.text;

/** Each of these runs over and over until the stack is gone. What comes back is acknowledged. Throws an Error for what is refused. */
export const works: readonly ((running: Running, known: Known, turn: string) => Promise<void>)[] = [
  async (running, known, turn) => {
    const { headers } = await api(running, 'GET', '/flows/killed');
    const acknowledged = known.drafts[0] ?? '';
    known.drafts = [acknowledged, turn];
    const { status } = await api(running, 'PUT', '/flows/killed', flowSaying(turn), {
      'if-match': headers.get('etag') ?? '',
    });
    if (status !== 200) throw new Error(`The draft was answered ${status}.`);
    known.drafts = [turn];
    count(known, 'saves');
    const { status: published, body } = await api(running, 'POST', '/flows/killed/publish', {});
    if (published !== 201) throw new Error(`The publish was answered ${published}.`);
    known.versions.set(body.version, turn);
    count(known, 'publishes');
  },
  async (running, known) => {
    const bound = `+1555010${String(1000 + known.numbers.size).slice(-4)}`;
    const { status } = await api(running, 'PUT', `/numbers/${bound}`, { flow: 'killed' });
    if (status !== 200) throw new Error(`The binding was answered ${status}.`);
    known.numbers.add(bound);
    count(known, 'bindings');
  },
  async (running, known) => {
    const bytes = new Uint8Array(wavOf(tone()));
    const { status, body } = await api(running, 'POST', '/audio', {
      name: 'Drill',
      contentType: 'audio/wav',
      bytes: bytes.length,
    });
    if (status !== 201) throw new Error(`The audio was answered ${status}.`);
    const { method, url, headers } = body.upload;
    const put = await fetch(url, { method, headers, body: bytes });
    if (!put.ok) throw new Error(`The upload was answered ${put.status}.`);
    known.audio.add(body.id);
    count(known, 'uploads');
  },
  async (running, known, turn) => {
    const form = { CallSid: `CA${turn}`, From: '+15550142', To: number, CallStatus: 'in-progress' };
    const menu = await webhook(running, '/voice/incoming', form);
    known.calls.set(form.CallSid, actionIn(menu, running.stack.publicUrl));
    const other = { ...form, CallSid: `CA${turn}-queue` };
    const first = await webhook(running, '/voice/incoming', other);
    const queued = await webhook(running, actionIn(first, running.stack.publicUrl), {
      ...other,
      Digits: '1',
    });
    const wait = /waitUrl="([^"]*)"/
      .exec(queued)?.[1]
      ?.replaceAll('&amp;', '&')
      .slice(running.stack.publicUrl.length);
    if (wait === undefined) throw new Error(`The transfer was answered ${queued}`);
    await webhook(running, wait, { ...other, QueueTime: '1', QueuePosition: '1' });
    count(known, 'transfers');
    count(known, 'calls');
    const { status } = await api(running, 'PUT', `/agents/${agent}/presence`, { presence: 'online' });
    if (status >= 300) throw new Error(`The presence was answered ${status}.`);
  },
];

function count({ counts }: Known, what: string): void {
  counts[what] = (counts[what] ?? 0) + 1;
}

function actionIn(xml: string, publicUrl: string): string {
  return (/action="([^"]*)"/.exec(xml)?.[1] ?? '').replaceAll('&amp;', '&').slice(publicUrl.length);
}

/** Works until the stack is gone; nothing that failed before that is forgiven. */
async function workUntilGone(running: Running, known: Known, round: number): Promise<string[]> {
  let gone = false;
  running.child.once('exit', () => {
    gone = true;
  });
  const problems: string[] = [];
  const lane = async (work: (typeof works)[number], place: number) => {
    for (let turn = 0; !gone; turn += 1) {
      try {
        await work(running, known, `r${round}w${place}t${turn}`);
      } catch (error) {
        if (!isBrokenOff(error)) problems.push(String(error));
        await sleep(5);
      }
    }
  };
  await Promise.all(works.map(lane));
  return problems;
}

/** Whether a request or its answer was cut off: that is the kill, which this side may learn of first. `fetch` tells its cause. */
function isBrokenOff(error: unknown): boolean {
  return error instanceof SyntaxError || (error instanceof TypeError && error.cause !== undefined);
}

/** What does not stand that was acknowledged, or stands by halves. */
async function check(running: Running, known: Known): Promise<string[]> {
  const problems: string[] = [];
  const draft = textOf((await api(running, 'GET', '/flows/killed')).body);
  if (!known.drafts.includes(draft))
    problems.push(`the draft says ${draft}, not ${known.drafts.join(' or ')}`);
  known.drafts = [draft];
  for (const [version, text] of [...known.versions].slice(-5)) {
    const { status, body } = await api(running, 'GET', `/flows/killed/versions/${version}`);
    const found = status === 200 ? textOf(body.flow ?? body) : `status ${status}`;
    if (found !== text) problems.push(`version ${version} says ${found}, not ${text}`);
  }
  for (const bound of [...known.numbers].slice(-5)) {
    const { status } = await api(running, 'GET', `/numbers/${encodeURIComponent(bound)}`);
    if (status !== 200) problems.push(`the number ${bound} is not bound any more`);
  }
  for (const id of [...known.audio].slice(-5)) {
    const { status } = await api(running, 'GET', `/audio/${id}`);
    if (status !== 200) problems.push(`the audio ${id} is gone`);
  }
  for (const [CallSid, at] of [...known.calls].slice(-5)) {
    const xml = await webhook(running, at, {
      CallSid,
      From: '+15550142',
      To: number,
      CallStatus: 'in-progress',
      Digits: '2',
    });
    if (!xml.includes('Goodbye.') || xml.includes('We are sorry'))
      problems.push(`the call ${CallSid} did not go on`);
    known.calls.delete(CallSid);
  }
  return problems;
}

/** The whole stack is killed at random moments of saves, publishes, bindings, uploads, calls and transfers, and started again. */
export async function drillKill(times: number): Promise<DrillRow[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'branchline-kill-'));
  const port = await freePort();
  const known: Known = {
    ...{ drafts: [], versions: new Map(), numbers: new Set<string>(), audio: new Set<string>() },
    ...{ calls: new Map(), counts: {} },
  };
  const problems: string[] = [];
  let [slowest, slowestRecovery] = [0, 0];
  let running = await startStack(dataDir, port);
  try {
    await publishFlow(running, flowSaying('first'), number);
    await api(running, 'PUT', '/skill-groups/sales', { name: 'Sales' });
    const settings = { name: 'Drill', endpoint: '+15550177', skillGroups: ['sales'] };
    await api(running, 'PUT', `/agents/${agent}`, settings);
    await api(running, 'PUT', `/agents/${agent}/presence`, { presence: 'online' });
    known.drafts = ['first'];
    for (let round = 0; round < times; round += 1) {
      const working = workUntilGone(running, known, round);
      await sleep(60 + Math.random() * 1600);
      await kill(running);
      problems.push(...(await working));
      const { online, recovery } = await aftermathOf(dataDir, { name: running.stack.table.name, number });
      const lost = online.includes(agent) ? [] : [`agent ${agent} is not online`];
      problems.push(
        ...[...lost, ...wrongAfter(recovery)].map((each) => `kill ${round + 1}, recovery: ${each}`),
      );
      slowestRecovery = Math.max(slowestRecovery, recovery.servedAfter ?? 0);
      const began = performance.now();
      running = await startStack(dataDir, port);
      slowest = Math.max(slowest, performance.now() - began);
      problems.push(...(await check(running, known)).map((each) => `kill ${round + 1}: ${each}`));
    }
  } finally {
    await kill(running);
    rmSync(dataDir, { recursive: true, force: true });
  }
  const done = Object.entries(known.counts).map(([what, many]) => `${many} ${what}`);
  return [
    {
      what: `The whole stack is killed ${times} times at random moments of saves, publishes, bindings, uploads, calls and transfers`,
      came: `what was acknowledged stands: ${done.join(', ')}; calls go on; up again within ${(slowest / 1000).toFixed(1)} s; with nothing more told of any call, the next caller was served within ${slowestRecovery} s, and no entry, lease or changed presence was left`,
      problems,
    },
  ];
}
