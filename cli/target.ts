import type { Admin } from '../lib/admin/admin.ts';
import { Failure } from '../lib/errors.ts';
import { openTable } from '../lib/store/table/table.ts';
import { readDataDir } from '../local/settings.ts';
import { openStackTable, readStack, type Stack } from '../local/stack.ts';
import { inline } from '../local/terminal.ts';
import type { Refusal } from './command.ts';

/** A command has nothing to work on; the message says why, in one line. */
export class NoTarget extends Error {}

/**
 * Opens the target of a command: the stack that runs on this machine, or the table of a deployed stage with the AWS SDK's own
 * credentials and region. Throws NoTarget if no stack runs.
 */
export function openAdmin(stage: string | undefined): Admin {
  const table = stage === undefined ? openStackTable(runningStack()) : openTable(tableOf(stage));
  return { table, who: 'cli', now: () => new Date(), retainDays: 90 };
}

/**
 * Like `openAdmin`, for changes: on a deployed stage the audit names the identity of the AWS credentials, if it is known. Throws
 * NoTarget if no stack runs.
 */
export async function openEditor(stage: string | undefined): Promise<Admin> {
  const admin = openAdmin(stage);
  if (stage === undefined) return admin;
  const { callerIdentity } = await import('./identity.ts');
  return { ...admin, who: (await callerIdentity()) ?? admin.who };
}

/** Runs an action on an opened target, and closes the target. */
export async function withAdmin<Opened extends Admin, Result>(
  open: Opened | Promise<Opened>,
  act: (admin: Opened) => Promise<Result>,
): Promise<Result> {
  const admin = await open;
  try {
    return await act(admin);
  } finally {
    admin.storage?.client.destroy();
    admin.table.client.destroy();
  }
}

/** The refusal for an error of a target. Rethrows unexpected errors. */
export function refusalOf(error: unknown, stage: unknown): Refusal {
  if (error instanceof Failure) {
    const { code, message, problems } = error;
    return { text: inline(message), json: { error: code, detail: message, problems } };
  }
  const text = faultOf(error, typeof stage === 'string' ? stage : undefined);
  if (text === undefined) throw error;
  return { text, json: { error: 'unreachable', detail: text, problems: [] } };
}

/** The fault of the target itself, in one line; `undefined` for any other error. */
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

/** The stack that runs on this machine, with its data directory. Throws NoTarget if none runs. */
export function runningStack(): Stack & { readonly dataDir: string } {
  const dataDir = readDataDir();
  const stack = readStack(dataDir);
  if (stack === undefined) throw new NoTarget(`No stack runs on ${dataDir}: npm start it first.`);
  return { ...stack, dataDir };
}

/** The name of a stage's table, as in `serverless.yml`. */
export function tableOf(stage: string): string {
  return `branchline-${stage}`;
}
