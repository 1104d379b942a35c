import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { HttpHandler } from '../lib/http.ts';
import { credentials } from '../test/kit/table.ts';
import { CallCentre, recordingPath } from './callcentre.ts';
import { recover, wrongAfter } from './recovery.ts';
import type { DrillRow } from './row.ts';
import { acknowledgedBy, type Situation, situations } from './situations.ts';
import { post } from './webhook.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const agents = { '1001': 'client:ann', '1002': 'client:bob' };

/** The release before this one: the newest tag that is not this commit, else a commit some way back. */
const commitsBefore = 60;

function git(...words: string[]): string {
  return execFileSync('git', words, {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();
}

/** The commit of the release before; `undefined` if the history is not there. */
function commitBefore(): string | undefined {
  try {
    return git('describe', '--tags', '--abbrev=0', 'HEAD~1');
  } catch {
    try {
      return git('rev-parse', '--short', `HEAD~${commitsBefore}`);
    } catch {
      return undefined;
    }
  }
}

/** The functions behind the webhooks of a folder of sources, as Lambda loads them, over the centre's table. */
async function load(folder: string, centre: CallCentre): Promise<HttpHandler> {
  const { table, environment } = centre;
  const whole = {
    ...environment,
    TWILIO_API_URL: centre.account.url,
    AWS_ENDPOINT_URL_S3: centre.buckets.endpoint,
    AWS_ENDPOINT_URL_DYNAMODB: table.endpoint,
    AWS_REGION: table.region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  };
  Object.assign(process.env, whole);
  const loaded = async (name: string) => {
    const file = pathToFileURL(join(folder, 'functions', `${name}.ts`)).href;
    return ((await import(`${file}?${Math.random()}`)) as { handler: HttpHandler }).handler;
  };
  const [voice, media] = [await loaded('voice'), await loaded('media')];
  return (request) => (request.rawPath === recordingPath ? media : voice)(request);
}

/** The situations that a release can bring a call to: one may come by a node type that it does not know yet. */
async function knownTo(centre: CallCentre, release: HttpHandler): Promise<Situation[]> {
  const known: Situation[] = [];
  for (const situation of situations) {
    centre.now = new Date();
    await centre.reset(agents, { confirm: situation.confirm === true });
    const reached = await situation.reach(centre, release).catch(() => undefined);
    if (reached === undefined) continue;
    if ((await post(release, reached)).heard === situation.usual) known.push(situation);
  }
  return known;
}

/** Calls that one release began go on in the other, at each webhook. */
async function handOver(
  centre: CallCentre,
  [from, to]: readonly [HttpHandler, HttpHandler],
  tried: readonly Situation[],
): Promise<string[]> {
  const problems: string[] = [];
  for (const situation of tried) {
    // The functions of a release know the time of day only.
    centre.now = new Date();
    await centre.reset(agents, { confirm: situation.confirm === true });
    const webhook = await situation.reach(centre, from);
    const { heard, wrong } = await post(to, webhook);
    problems.push(...wrong.map((each) => `${situation.name}: ${each}`));
    if (heard !== situation.usual)
      problems.push(`${situation.name}: ${heard} is heard, not ${situation.usual}`);
    const kept = acknowledgedBy(situation);
    const after = wrongAfter(await recover(centre, Object.keys(agents), kept));
    problems.push(...after.map((each) => `${situation.name}: ${each}`));
  }
  return problems;
}

/** A new release is deployed under calls in progress, and taken back under calls that it began. */
export async function drillRelease(): Promise<DrillRow[]> {
  const what =
    'A new release is deployed under calls at each webhook, and taken back under calls that it began';
  const commit = commitBefore();
  if (commit === undefined)
    return [{ what, came: 'not run: the history of the repository is not there', problems: [] }];
  const folder = join(mkdtempSync(join(tmpdir(), 'branchline-release-')), 'before');
  const centre = await CallCentre.open(Date.now());
  const quiet = process.stdout.write;
  try {
    git('worktree', 'add', '--detach', folder, commit);
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    const [before, now] = [await load(folder, centre), await load(root, centre)];
    process.stdout.write = () => true;
    const tried = await knownTo(centre, before);
    const problems = [
      ...(await handOver(centre, [before, now], tried)).map((each) => `deployed: ${each}`),
      ...(await handOver(centre, [now, before], tried)).map((each) => `taken back: ${each}`),
      ...(tried.length < situations.length / 2
        ? [`the release before knows ${tried.length} webhooks only`]
        : []),
    ];
    const unknown = situations.length - tried.length;
    const knows = unknown === 0 ? 'knows all of the webhooks' : `does not know ${unknown} of the webhooks`;
    const came = `${2 * tried.length} calls went on as if nothing had happened; the release before, ${commit}, ${knows}`;
    return [{ what, came, problems }];
  } finally {
    process.stdout.write = quiet;
    await centre.close();
    git('worktree', 'remove', '--force', folder);
    rmSync(join(folder, '..'), { recursive: true, force: true });
  }
}
