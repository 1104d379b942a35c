import { usesOf } from '../engine/uses.ts';
import type { Detail } from '../errors.ts';
import { defined } from '../flow/defined.ts';
import type { Flow } from '../flow/flow.ts';
import type { FindFlow } from '../proof/known.ts';
import { type PlayedScript, playScript } from '../proof/run.ts';
import { longestScript, type ScriptProblem } from '../proof/script.ts';
import { readLiveVersion } from '../store/flows/flows.ts';
import { fetchScript, type KeptScript, putScript } from '../store/flows/scripts.ts';
import { fetchVersion, fetchVersionScript } from '../store/flows/versions.ts';
import { type Admin, audited, type Intent } from './admin.ts';
import { needFlow } from './flows.ts';
import { wrong } from './input.ts';
import { usageOf } from './usage.ts';

/** The call script of a draft; empty if there is none. Throws `flow-missing`. */
export async function readScriptOf(admin: Admin, id: string): Promise<KeptScript> {
  await needFlow(admin, id);
  return await fetchScript(admin.table, id);
}

/**
 * Saves the call script of a draft. Invalid lines are saved, too, but prevent publishing. Throws `flow-missing`, `script-stale` if the
 * saved script is not `expected`, `bad-input` if it is too long.
 */
export async function saveScriptOf(
  admin: Admin,
  id: string,
  text: string,
  expected?: string,
): Promise<KeptScript> {
  if (text.length > longestScript)
    throw wrong('body', `has ${text.length} characters, ${longestScript} at most are allowed`);
  await needFlow(admin, id);
  const { table, who, now } = admin;
  const before = await fetchScript(table, id);
  if (before.text === text && (expected === undefined || expected === before.revision)) return before;
  const intent: Intent = {
    did: 'save-calls',
    what: `flow ${id}`,
    before: { revision: before.revision },
    after: { characters: text.length },
  };
  return await audited(admin, intent, () =>
    putScript(table, id, text, { by: who, at: now(), seen: expected }),
  );
}

/**
 * The failures of call scripts that prevent publishing a flow: of its own script, and of live flows that enter it and would newly fail.
 * The flows that it enters are played in their live versions.
 */
export async function scriptProblems(admin: Admin, flow: Flow, script: string): Promise<Detail[]> {
  const live = await liveFlows(admin, [flow]);
  const own = problemsIn(playScript(flow, script, (id) => live.get(id)));
  const users = (await usageOf(admin, 'flows')).get(flow.id) ?? [];
  const problems = [...own];
  for (const { flow: id, usedIn } of users) {
    if (id === flow.id || !usedIn.includes('live')) continue;
    problems.push(...(await turnedRed(admin, id, flow)));
  }
  return problems;
}

/** The calls of a live flow that fail with the changed flow, and pass with its live version. */
async function turnedRed(admin: Admin, id: string, changed: Flow): Promise<Detail[]> {
  const { version } = (await readLiveVersion(admin.table, id)) ?? {};
  if (version === undefined) return [];
  const parent = await fetchVersion(admin.table, id, version);
  const script = await fetchVersionScript(admin.table, id, version);
  if (parent === undefined || script === '') return [];
  const known = await liveFlows(admin, [parent, changed]);
  const before = problemsIn(playScript(parent, script, (each) => known.get(each)));
  const find: FindFlow = (each) => (each === changed.id ? changed : known.get(each));
  const after = problemsIn(playScript(parent, script, find));
  const were = new Set(before.map(({ field }) => field));
  return after
    .filter(({ field }) => !were.has(field))
    .map(({ script, ...problem }) => ({
      ...problem,
      message: `In the live flow ${id}, which enters this one: ${problem.message}`,
      ...(script === undefined ? {} : { script: { ...script, flow: id } }),
    }));
}

/** The live versions of all flows that these flows enter, directly or through others. */
async function liveFlows({ table }: Admin, flows: readonly Flow[]): Promise<ReadonlyMap<string, Flow>> {
  const found = new Map<string, Flow>();
  const seen = new Set<string>();
  for (const ahead = flows.flatMap((flow) => usesOf(flow).flows ?? []); ; ) {
    const id = ahead.pop();
    if (id === undefined) return found;
    if (seen.has(id)) continue;
    seen.add(id);
    const { version } = (await readLiveVersion(table, id)) ?? {};
    const flow = version === undefined ? undefined : await fetchVersion(table, id, version);
    if (flow === undefined) continue;
    found.set(id, flow);
    ahead.push(...(usesOf(flow).flows ?? []));
  }
}

function problemsIn({ problems, calls }: PlayedScript): Detail[] {
  const detail = ({ line, message, says, values }: ScriptProblem, title?: string): Detail => ({
    ...{ rule: 'call-script', severity: 'error', field: `calls-txt.${line}` },
    message: `Call script, line ${line}: ${title === undefined ? '' : `“${title}”: `}${message}`,
    script: { line, says, ...defined({ title, values }) },
  });
  return [
    ...problems.map((problem) => detail(problem)),
    ...calls.flatMap(({ title, differences }) => differences.map((each) => detail(each, title))),
  ];
}
