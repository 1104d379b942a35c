import { Failure } from '../errors.ts';
import type { Flow } from '../flow/flow.ts';
import { scriptOfRecord } from '../proof/recorded.ts';
import { fetchVersion } from '../store/flows/versions.ts';
import type { Admin } from './admin.ts';
import { readCall } from './calls.ts';

/**
 * A recorded call as a call script, checked against the versions that it used; of a flow that it used in two versions, the first, since
 * a script is played on one. Contains no data of the caller. Throws `call-missing`, `version-missing` if the version is no longer stored.
 */
export async function callScript(admin: Admin, callSid: string): Promise<string> {
  const call = await readCall(admin, callSid);
  const { flow: id, version } = call;
  const flow =
    id === undefined || version === undefined ? undefined : await fetchVersion(admin.table, id, version);
  if (flow === undefined) {
    throw new Failure(
      'version-missing',
      `The version that the call ${callSid} was made with is not there any more.`,
    );
  }
  const others = new Map<string, Flow>();
  for (const step of call.steps) {
    if (step.flow === undefined || step.version === undefined || others.has(step.flow)) continue;
    const found = await fetchVersion(admin.table, step.flow, step.version);
    if (found !== undefined) others.set(step.flow, found);
  }
  return scriptOfRecord(call, flow, (each) => others.get(each));
}
