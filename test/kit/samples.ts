import type { Flow } from '../../lib/flow/flow.ts';
import type { Connection } from '../../lib/store/settings/connections.ts';
import type { Schedule } from '../../lib/store/settings/schedules.ts';

/** When what tests store was written. */
export const at = new Date('2026-07-01T12:00:00.000Z');

/** A flow that may be kept as a draft. */
export const flow: Flow = {
  ...{ schema: 1 as const, id: 'desk', name: 'Desk', layout: { start: [0, 0] as const } },
  nodes: { start: { type: 'start', exits: {} } },
};

/** What admins set of an agent. */
export const agent = { staffNo: '1', name: 'Ann', endpoint: 'client:ann', skillGroups: ['sales'] };

/** An audio that was announced. */
export const audio = {
  ...{ id: 'jingle', name: 'Jingle', contentType: 'audio/wav', bytes: 9, state: 'uploading' as const },
  ...{ uploadedAt: at.toISOString(), uploadedBy: 'ann' },
};

/** How the words of a language are spoken. */
export const spokenWords = {
  ...{ language: 'en-US', words: [{ word: 'IVR', spokenAs: 'I V R' }] },
  ...{ changedAt: at.toISOString(), changedBy: 'ann' },
};

/** A skill group. */
export const group = { id: 'sales', name: 'Sales', ringSeconds: 20, wrapUpSeconds: 0, maxQueue: 100 };

/** A number that reaches the flow. */
export const binding = { number: '+15550100', flow: 'desk', boundAt: at.toISOString(), boundBy: 'ann' };

/** The lease of an agent who is rung. */
export const lease = {
  ...{ id: 'L1', phase: 'ringing' as const, endsAt: '2026-07-01T12:00:35.000Z' },
  ...{ entry: 'CA1#1', group: 'sales' },
};

/** The queue entry of a caller who waits. */
export const entry = {
  callSid: 'CA1',
  step: 1,
  group: 'sales',
  to: '+15550100',
  cursor: 'c',
  waitedSeconds: 20,
};

/** The mark that this caller has left. */
export const departure = {
  ...{ callSid: 'CA1', step: 1, group: 'sales', cursor: 'c' },
  ...{ since: at.toISOString(), leftAt: at.toISOString(), ring: 'L1' },
};

/** Opening hours. */
export const schedule: Schedule = {
  ...{ id: 'office', name: 'Office', timeZone: 'Asia/Shanghai' },
  weekly: { mon: [['09:00', '18:00']] },
  holidays: [],
};

/** A service that flows may ask. */
export const crm: Connection = {
  ...{ id: 'crm', name: 'CRM', url: 'https://crm.example.com/v1' },
  headers: { Authorization: 'Bearer s3cret' },
};
