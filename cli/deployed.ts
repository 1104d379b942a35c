import type { Admin } from '../lib/admin/admin.ts';
import { readDraft } from '../lib/admin/flows.ts';
import { listNumbers } from '../lib/admin/numbers.ts';
import type { RestAccess } from '../lib/carrier/request.ts';
import { readTableSettings } from '../lib/store/table/settings.ts';
import type { Table } from '../lib/store/table/table.ts';
import { checkHolidays } from './checkholidays.ts';
import { checkRecordings } from './checkrecordings.ts';
import { type Finding, NotChecked, orNotChecked, runCheck } from './finding.ts';
import { examineLastHour } from './lasthour.ts';
import { findNumber, pointsAt, unfitOf, type Webhooks, webhooksUnder } from './numbers.ts';
import { probe } from './probe.ts';
import { messageOf } from './reason.ts';
import { accountOf, publicUrlOf, tokensOf } from './stage.ts';
import { openAdmin } from './target.ts';

/**
 * Checks a deployed stage with the AWS SDK's own credentials and region. Changes nothing, and leaves no trace. Of the bound numbers, at
 * most `mostNumbers` are checked, each with a request to the carrier.
 */
export async function examineStage(stage: string, mostNumbers = 100): Promise<Finding[]> {
  const admin = openAdmin(stage);
  const { table } = admin;
  try {
    const credentials = await runCheck('credentials', () => checkCredentials(table));
    if (credentials.state !== 'fine') return [credentials];
    const findings = [
      credentials,
      await runCheck('table', () => checkTable(table)),
      await runCheck('token', () => checkTokens(stage)),
      await runCheck('address', async () => `The carrier calls ${await publicUrlOf(stage)}.`),
      await runCheck('webhooks', () => checkWebhooks(stage)),
      await runCheck('holidays', () => checkHolidays(admin)),
      await runCheck('messages', () => checkRecordings(table, new Date())),
    ];
    const numbers = await examineNumbers(admin, stage, mostNumbers);
    return [...findings, ...numbers, ...(await examineLastHour(stage))];
  } finally {
    table.client.destroy();
  }
}

/** Checks the flow and the webhooks of each bound number. Says so if it cannot list them, or if there are too many to look at. */
async function examineNumbers(admin: Admin, stage: string, mostNumbers: number): Promise<Finding[]> {
  const findings: Finding[] = [];
  let read: Promise<Carrier> | undefined;
  const carrier = () => {
    read ??= carrierOf(stage);
    return read;
  };
  const list = await runCheck('numbers', async () => {
    const { items, next } = await orNotChecked(() => listNumbers(admin, { limit: mostNumbers }));
    if (items.length === 0) refuseNoNumbers(stage);
    for (const { number, flow } of items) {
      findings.push(await runCheck(number, () => checkFlow(admin, flow, stage)));
      findings.push(await runCheck(number, () => checkNumber(carrier, { stage, number, flow })));
    }
    if (next !== undefined) throw new NotChecked(`Only the first ${mostNumbers} numbers were checked.`);
    return '';
  });
  return list.state === 'fine' ? findings : [...findings, list];
}

async function checkCredentials({ client }: Table): Promise<string> {
  let region: string;
  try {
    region = await client.config.region();
  } catch {
    throw new Error('No AWS region is set: set AWS_REGION to where the stage is.');
  }
  try {
    await client.config.credentials();
  } catch (error) {
    const reason = messageOf(error);
    throw new Error(`No AWS credentials were found: set AWS_PROFILE, or sign in again. (${reason})`);
  }
  return `AWS credentials are there; the region is ${region}.`;
}

/** What is wrong if a setting of the table is off. */
const reasons = {
  active: 'it is still being made: wait',
  onDemand: 'it is not on demand: calls at a peak may be refused',
  lists: 'its index of lists is missing or being filled: the list of calls is incomplete',
  expires: 'items do not expire by expiresAt: call records are kept for ever',
  restorable: 'it has no point-in-time recovery: what is deleted is gone',
  deletionProtected: 'it is not protected from deletion',
} as const;

async function checkTable(table: Table): Promise<string> {
  const settings = await readTableSettings(table).catch((error: unknown) => {
    throw new Error(awsFault(error, table.name));
  });
  const wrong = Object.entries(reasons).flatMap(([name, reason]) =>
    settings[name as keyof typeof reasons] ? [] : [reason],
  );
  if (wrong.length === 0) return `${table.name} is on demand, protected, expires items and can be restored.`;
  throw new Error(`${table.name}: ${wrong.join('; ')}. Deploy the stage again to set it right.`);
}

function awsFault(error: unknown, name: string): string {
  if (!(error instanceof Error)) return String(error);
  switch (error.name) {
    case 'ResourceNotFoundException':
      return `There is no table ${name} in this account and region: deploy the stage, or check AWS_REGION and AWS_PROFILE.`;
    case 'AccessDeniedException':
      return `The credentials may not read the settings of ${name}: ${error.message}`;
    case 'ExpiredTokenException':
    case 'UnrecognizedClientException':
      return 'AWS does not accept the credentials: sign in again, or check AWS_PROFILE.';
    default:
      return `The settings of ${name} cannot be read: ${error.message}`;
  }
}

async function checkTokens(stage: string): Promise<string> {
  const { length } = await tokensOf(stage);
  return length === 1 ? 'There is one auth token.' : `There are ${length} auth tokens; REST uses the first.`;
}

async function checkWebhooks(stage: string): Promise<string> {
  const [url, [token = '']] = await orNotChecked(() => Promise.all([publicUrlOf(stage), tokensOf(stage)]));
  return await probe({ url, publicUrl: url, token });
}

async function checkFlow(admin: Admin, flow: string, stage: string): Promise<string> {
  const { live } = await readDraft(admin, flow);
  if (live !== undefined) return `Callers hear version ${live} of ${flow}.`;
  throw new Error(
    `Callers hear an apology: publish ${flow} by npx branchline flows publish ${flow} --stage ${stage}.`,
  );
}

/** The account of a stage at the carrier, and the webhooks that its numbers should have. */
interface Carrier {
  readonly account: RestAccess;
  readonly webhooks: Webhooks;
}

async function carrierOf(stage: string): Promise<Carrier> {
  return { account: await accountOf(stage), webhooks: webhooksUnder(await publicUrlOf(stage)) };
}

async function checkNumber(
  carrier: () => Promise<Carrier>,
  { stage, number, flow }: { readonly stage: string; readonly number: string; readonly flow: string },
): Promise<string> {
  const { account, webhooks } = await orNotChecked(carrier);
  const found = await findNumber(account, number);
  if (pointsAt(found, webhooks)) return 'The carrier calls the webhooks of this stage for it.';
  const unfit = unfitOf(found);
  if (unfit !== undefined) throw new Error(unfit);
  const urls = [found.voiceUrl, found.fallbackUrl, found.statusUrl].map((url) => url || 'nothing').join(', ');
  const does = found.receives === 'fax' ? 'takes faxes, not calls,' : `calls ${urls}`;
  throw new Error(
    `The carrier ${does} for it: bind it again with npx branchline flows bind ${number} ${flow} --stage ${stage} --connect.`,
  );
}

function refuseNoNumbers(stage: string): never {
  throw new Error(
    `No number reaches a flow: npx branchline flows bind NUMBER ID --stage ${stage} --connect binds one.`,
  );
}
