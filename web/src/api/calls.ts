import type { Flow } from '../../../lib/flow/flow.ts';
import { InvalidDocument } from '../document/invaliddocument.ts';
import { type Api, unwrap } from './answers.ts';
import { readVersion } from './flows.ts';
import type { CallRecord, paths } from './generated/types.ts';
import { Refusal } from './refusal.ts';

/** What calls are listed. */
export type CallFilter = Omit<
  NonNullable<paths['/api/calls']['get']['parameters']['query']>,
  'after' | 'limit'
>;

/** A page of calls, newest first. Throws a Refusal. */
export async function listCalls(api: Api, wanted: CallFilter, after: string | undefined) {
  const query = { ...wanted, limit: 50, ...(after === undefined ? {} : { after }) };
  return (await unwrap(api.GET('/api/calls', { params: { query } }))).data;
}

/** A call, step by step, and the versions of flows that it went through, by the ids of the flows. */
export interface CallWithFlows {
  readonly call: CallRecord;
  /** A flow is left out if its version does not exist any more, or cannot be shown by this release. */
  readonly flows: ReadonlyMap<string, Flow>;
}

/** A call with what it went through. Throws a Refusal, or an Error if the server cannot be reached. */
export async function readCall(api: Api, callSid: string): Promise<CallWithFlows> {
  const call = (await unwrap(api.GET('/api/calls/{callSid}', { params: { path: { callSid } } }))).data;
  const versions = new Map<string, number>();
  for (const { flow, version } of [...call.steps, call]) {
    if (flow !== undefined && version !== undefined) versions.set(flow, version);
  }
  const read = await Promise.all(
    Array.from(versions, async ([id, version]) => {
      try {
        return [[id, await readVersion(api, id, version)] as const];
      } catch (error) {
        if (isGone(error)) return [];
        throw error;
      }
    }),
  );
  return { call, flows: new Map(read.flat()) };
}

function isGone(error: unknown): boolean {
  return error instanceof InvalidDocument || (error instanceof Refusal && error.status === 404);
}
