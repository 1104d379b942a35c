import * as v from 'valibot';
import { UsageSchema } from './schemas.ts';

/** A connection as it is shown. */
export const ConnectionSchema = v.object({
  id: v.string(),
  name: v.string(),
  url: v.string(),
  headers: v.pipe(v.record(v.string(), v.string()), v.description('The values are hidden: `…`')),
  usedBy: v.pipe(v.array(UsageSchema), v.description('The flows that use it')),
});

/** What a service answered. */
export const TriedSchema = v.object({
  status: v.number(),
  json: v.exactOptional(v.pipe(v.any(), v.description('The answer; left out if it was not JSON'))),
});
