import { type Api, taken, whole } from './answers.ts';
import type { Connection } from './generated/types.ts';

/** All connections; the values of their headers are hidden. */
export function listConnections(api: Api): Promise<Connection[]> {
  return whole(async (after) => {
    const query = { limit: 100, ...(after === undefined ? {} : { after }) };
    return (await taken(api.GET('/api/connections', { params: { query } }))).data;
  });
}
