import type { Route } from '../route.ts';
import { agentRoutes } from './agents.ts';
import { audioRoutes } from './audio.ts';
import { auditRoutes } from './audit.ts';
import { callRoutes } from './calls.ts';
import { connectionRoutes } from './connections.ts';
import { flowRoutes } from './flows.ts';
import { groupRoutes } from './groups.ts';
import { numberRoutes } from './numbers.ts';
import { queueRoutes } from './queues.ts';
import { scheduleRoutes } from './schedules.ts';
import { scriptRoutes } from './scripts.ts';
import { speechRoutes } from './speech.ts';
import { statRoutes } from './stats.ts';
import { versionRoutes } from './versions.ts';
import { voicemailRoutes } from './voicemails.ts';

/** All calls of the API except its description. */
export const routes: readonly Route[] = [
  ...flowRoutes,
  ...scriptRoutes,
  ...versionRoutes,
  ...numberRoutes,
  ...groupRoutes,
  ...scheduleRoutes,
  ...connectionRoutes,
  ...agentRoutes,
  ...queueRoutes,
  ...callRoutes,
  ...statRoutes,
  ...voicemailRoutes,
  ...audioRoutes,
  ...speechRoutes,
  ...auditRoutes,
];
