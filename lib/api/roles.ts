/** The roles of users. A user has a role by membership in the user pool's group of the same name. */
export const roles = ['admin', 'editor', 'reviewer', 'agent', 'viewer'] as const;

/** One of the roles above. */
export type Role = (typeof roles)[number];

const readers = roles;
const editors = ['admin', 'editor'] as const;
const admins = ['admin'] as const;

/** Every call of the API with the roles that may make it. Agents are limited to their own presence and phone, and the messages of their groups. */
export const access = {
  'GET /api/openapi.json': 'anyone',
  'GET /api/flows': readers,
  'POST /api/flows': editors,
  'GET /api/flows/{id}': readers,
  'PUT /api/flows/{id}': editors,
  'DELETE /api/flows/{id}': editors,
  'POST /api/flows/{id}/restore': editors,
  'POST /api/flows/check': readers,
  'POST /api/flows/{id}/publish': editors,
  'GET /api/flows/{id}/calls-txt': readers,
  'PUT /api/flows/{id}/calls-txt': editors,
  'GET /api/flows/{id}/traffic': readers,
  'GET /api/flows/{id}/versions': readers,
  'GET /api/flows/{id}/versions/{n}': readers,
  'PUT /api/flows/{id}/live': editors,
  'GET /api/numbers': readers,
  'GET /api/numbers/{e164}': readers,
  'PUT /api/numbers/{e164}': admins,
  'DELETE /api/numbers/{e164}': admins,
  'GET /api/skill-groups': readers,
  'GET /api/skill-groups/{id}': readers,
  'PUT /api/skill-groups/{id}': admins,
  'DELETE /api/skill-groups/{id}': admins,
  'GET /api/schedules': readers,
  'GET /api/schedules/{id}': readers,
  'PUT /api/schedules/{id}': editors,
  'PUT /api/schedules/{id}/override': editors,
  'GET /api/schedules/{id}/at': readers,
  'DELETE /api/schedules/{id}': editors,
  'GET /api/connections': readers,
  'GET /api/connections/{id}': readers,
  'PUT /api/connections/{id}': admins,
  'DELETE /api/connections/{id}': admins,
  'POST /api/connections/{id}/try': admins,
  'GET /api/agents': readers,
  'GET /api/agents/{staffNo}': readers,
  'PUT /api/agents/{staffNo}': admins,
  'DELETE /api/agents/{staffNo}': admins,
  'PUT /api/agents/{staffNo}/presence': ['admin', 'agent'],
  'POST /api/agents/{staffNo}/phone-token': ['admin', 'agent'],
  'GET /api/queues': readers,
  'GET /api/stats': readers,
  'GET /api/calls': readers,
  'GET /api/calls/{callSid}': readers,
  'GET /api/voicemails': ['admin', 'agent'],
  'GET /api/voicemails/{id}': ['admin', 'agent'],
  'PUT /api/voicemails/{id}': ['admin', 'agent'],
  'DELETE /api/voicemails/{id}': ['admin', 'agent'],
  'DELETE /api/callers/{number}': admins,
  'GET /api/audio': readers,
  'POST /api/audio': editors,
  'GET /api/audio/{id}': readers,
  'DELETE /api/audio/{id}': editors,
  'POST /api/audio/{id}/review': ['admin', 'reviewer'],
  'POST /api/flows/{id}/speech': editors,
  'GET /api/speech/preview': readers,
  'GET /api/pronunciations/{language}': readers,
  'PUT /api/pronunciations/{language}': editors,
  'GET /api/audit': admins,
} as const satisfies Readonly<Record<string, readonly Role[] | 'anyone'>>;

/** A call of the API: its method and its path. */
export type RouteKey = keyof typeof access;
