import { type QueryClient, queryOptions } from '@tanstack/react-query';
import type { Api } from '../api/answers.ts';
import { type CallWithFlows, readCall } from '../api/calls.ts';
import { readVersion } from '../api/flows.ts';
import { polling } from './centre/polling.ts';

/** How long after its end a call is still asked for, in milliseconds: its last lines may come late. */
const lateMs = 60_000;

/** A published version of a flow: it never changes, so it is read once. */
export function versionQuery(api: Api, id: string, version: number) {
  return queryOptions({
    queryKey: ['version', id, version],
    queryFn: () => readVersion(api, id, version),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** A call with the versions that it went through. With `seconds` it is read again that often until it is over. */
export function callQuery(api: Api, queries: QueryClient, callSid: string, seconds?: number) {
  const often = seconds === undefined ? undefined : polling(seconds);
  return queryOptions({
    queryKey: ['call', callSid],
    queryFn: () =>
      readCall(api, callSid, (id, version) => queries.fetchQuery(versionQuery(api, id, version))),
    ...often,
    refetchInterval: ({ state: { data } }) => !isOver(data) && (often?.refetchInterval() ?? false),
  });
}

function isOver(seen: CallWithFlows | undefined): boolean {
  const endedAt = seen?.call.endedAt;
  return endedAt !== undefined && Date.now() - Date.parse(endedAt) > lateMs;
}
