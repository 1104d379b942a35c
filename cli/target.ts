import type { Admin } from '../lib/admin/admin.ts';
import { Failure } from '../lib/errors.ts';
import { openTable, type Table } from '../lib/store/table/table.ts';
import { readDataDir } from '../local/settings.ts';
import { openStackTable, readStack } from '../local/stack.ts';
import { inline } from '../local/terminal.ts';
import type { Refusal } from './command.ts';

/** Why a command has nothing to work on, in one line. */
export class NoTarget extends Error {}

/**
 * What the commands administer: the stack that runs on this machine, or the table of a deployed stage, with the AWS SDK's
 * own credentials and region. Throws NoTarget if no stack runs.
 */
export function openAdmin(stage: string | undefined): Admin {
  const table = stage === undefined ? localTable() : openTable(tableOf(stage));
  return { table, who: 'cli', now: () => new Date(), retainDays: 90 };
}

/**
 * The same for changes: on a deployed stage they are made by the identity of the AWS credentials, if AWS tells it. Throws NoTarget
 * where no stack runs.
 */
export async function openEditor(stage: string | undefined): Promise<Admin> {
  const admin = openAdmin(stage);
  if (stage === undefined) return admin;
  const { callerIdentity } = await import('./identity.ts');
  return { ...admin, who: (await callerIdentity()) ?? admin.who };
}

/** Why a target did not do what was asked of it. Throws again what nobody foresaw. */
export function refusalOf(error: unknown, stage: unknown): Refusal {
  if (error instanceof Failure) {
    const { code, message, problems } = error;
    return { text: inline(message), json: { error: code, detail: message, problems } };
  }
  const text = faultOf(error, typeof stage === 'string' ? stage : undefined);
  if (text === undefined) throw error;
  return { text, json: { error: 'unreachable', detail: text, problems: [] } };
}

/** What is wrong with the target itself, in one line; `undefined` for any other error. */
function faultOf(error: unknown, stage: string | undefined): string | undefined {
  if (error instanceof NoTarget) return error.message;
  if (!(error instanceof Error)) return undefined;
  if (stage !== undefined) {
    if (error.name === 'ResourceNotFoundException') {
      return `There is no table ${tableOf(stage)} in this AWS account and region: is the stage deployed?`;
    }
    return `The table ${tableOf(stage)} cannot be used: ${error.message}`;
  }
  if ('code' in error && error.code === 'ECONNREFUSED')
    return 'The stack does not answer: npm start it again.';
  return undefined;
}

function localTable(): Table {
  const dataDir = readDataDir();
  const stack = readStack(dataDir);
  if (stack === undefined) throw new NoTarget(`No stack runs on ${dataDir}: npm start it first.`);
  return openStackTable(stack);
}

/** What `serverless.yml` names the table of a stage. */
export function tableOf(stage: string): string {
  return `branchline-${stage}`;
}
