import type { Flow } from '../../../lib/flow/flow.ts';
import { InvalidDocument } from '../document/invaliddocument.ts';
import { type Api, unwrap } from './answers.ts';
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

/** A version of a flow that a call went through. */
interface Version {
  readonly flow?: string;
  readonly version?: number;
}

/** A call, step by step, and the versions of flows that it went through, by `versionKey`, in the order of their first steps. */
export interface CallWithFlows {
  readonly call: CallRecord;
  /** A version is left out if it does not exist any more, or cannot be shown by this release. */
  readonly flows: ReadonlyMap<string, Flow>;
}

/** The key of the version in which a step happened: `sales@3`. A step names it only if it is not the one that the call began with. */
export function versionKey(call: Version, step: Version = call): string {
  const { flow, version } = step.flow === undefined ? call : step;
  return `${flow ?? ''}@${version ?? ''}`;
}

/** The flows of a call by their ids. Of one that it went through in two versions, the first. */
export function flowsById({ flows }: CallWithFlows): ReadonlyMap<string, Flow> {
  return new Map([...flows.values()].reverse().map((flow) => [flow.id, flow]));
}

/** What a version is called among those of its call: by its number, too, if the call went through two versions of the flow. */
export function versionName({ flows }: CallWithFlows, key: string): string {
  const [id = '', version] = key.split('@');
  const several = [...flows.keys()].filter((each) => each.startsWith(`${id}@`)).length > 1;
  return `${flows.get(key)?.name ?? id}${several ? ` v${version}` : ''}`;
}

/**
 * A call with what it went through. `readVersion` reads a version. Throws a Refusal, or an Error if the server cannot be
 * reached.
 */
export async function readCall(
  api: Api,
  callSid: string,
  readVersion: (id: string, version: number) => Promise<Flow>,
): Promise<CallWithFlows> {
  const call = (await unwrap(api.GET('/api/calls/{callSid}', { params: { path: { callSid } } }))).data;
  const versions = new Map([call, ...call.steps].map((each) => [versionKey(call, each), each]));
  const read = await Promise.all(
    Array.from(versions, async ([key, { flow = call.flow, version = call.version }]) => {
      if (flow === undefined || version === undefined) return [];
      try {
        return [[key, await readVersion(flow, version)] as const];
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
