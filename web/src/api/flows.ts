import { defaultLanguage, type Flow } from '../../../lib/flow/flow.ts';
import type { Draft, KnownSchedule, PublishImpact, Remote, ScriptRemote } from '../draft/remote.ts';
import { type Api, allPages, flowState, unwrap } from './answers.ts';
import { readStats } from './centre.ts';
import { listConnections } from './connections.ts';
import type { FlowRow, Version } from './generated/types.ts';
import { listNumbers } from './numbers.ts';
import { Refusal } from './refusal.ts';
import { listSchedules } from './schedules.ts';

/** All flows, by id, in one request for up to 2,000. */
export function listFlows(api: Api): Promise<FlowRow[]> {
  return allPages(async (after) => {
    const query = { all: 'true' as const, ...(after === undefined ? {} : { after }) };
    return (await unwrap(api.GET('/api/flows', { params: { query } }))).data;
  });
}

/** The document of a draft as it is stored, whether or not this page could show it. Throws a Refusal. */
export async function readDocument(api: Api, id: string): Promise<Flow> {
  return flowIn((await unwrap(api.GET('/api/flows/{id}', { params: { path: { id } } }))).data);
}

/**
 * A draft as the editor takes it, in one request. Throws a Refusal, of status 404 if not found, and `Misshapen` for a document
 * that the editor cannot show.
 */
export async function readDraft(api: Api, id: string): Promise<Draft> {
  const { data, etag, headers } = await unwrap(api.GET('/api/flows/{id}', { params: { path: { id } } }));
  const state = flowState(headers) ?? (await listFlows(api)).find((row) => row.id === id);
  if (state === undefined) throw new Refusal(404, { type: 'urn:branchline:error:flow-missing' });
  return { ...state, etag, flow: await admitted(data) };
}

/** A document as the editor takes it. What checks it is loaded when it is needed: lists of flows need it not. */
async function admitted(document: unknown): Promise<Flow> {
  const { toFlow } = await import('../document/validate.ts');
  return toFlow(document);
}

/** What is needed to create a flow. */
export interface NewFlow {
  readonly id: string;
  readonly name: string;
  readonly language: string;
  /** What its draft shall hold; nothing but the start when left out. */
  readonly document?: Flow;
}

/** Creates a flow, and saves its draft if it holds more than the start. Throws a Refusal. */
export async function createFlow(api: Api, { document, ...head }: NewFlow): Promise<void> {
  const { data, etag } = await unwrap(api.POST('/api/flows', { body: head }));
  if (document === undefined) return;
  const { $schema: _, ...rest } = document;
  const body = { ...rest, ...head, schema: data.schema };
  const params = { path: { id: head.id }, header: { 'If-Match': etag } };
  try {
    await unwrap(api.PUT('/api/flows/{id}', { params, body }));
  } catch (error) {
    // Half of it is nothing: the same can be tried again.
    await deleteFlow(api, head.id).catch(() => {});
    throw error;
  }
}

/** Creates a flow that holds what another one holds. */
export async function duplicateFlow(api: Api, from: string, { id, name }: { id: string; name: string }) {
  const document = await readDocument(api, from);
  await createFlow(api, { id, name, language: document.language ?? defaultLanguage, document });
}

/** Hides a flow. Throws a Refusal of the code `flow-bound` while a number points at it. */
export async function deleteFlow(api: Api, id: string): Promise<void> {
  await unwrap(api.DELETE('/api/flows/{id}', { params: { path: { id } } }));
}

/** A page of versions, newest first. */
export async function listVersions(
  api: Api,
  id: string,
  after: string | undefined,
): Promise<{ readonly items: readonly Version[]; readonly next?: string }> {
  const query = after === undefined ? {} : { after };
  return (await unwrap(api.GET('/api/flows/{id}/versions', { params: { path: { id }, query } }))).data;
}

/** A version as it was published. Throws like `readDraft`. */
export async function readVersion(api: Api, id: string, n: number): Promise<Flow> {
  const params = { path: { id, n } };
  return await admitted((await unwrap(api.GET('/api/flows/{id}/versions/{n}', { params }))).data);
}

/** Lets new calls take another version. */
export async function setLive(api: Api, id: string, version: number): Promise<void> {
  await unwrap(api.PUT('/api/flows/{id}/live', { params: { path: { id } }, body: { version } }));
}

/** What the editor of one flow needs of the API. */
export function remoteOf(api: Api, id: string): Remote {
  return {
    async save(flow, seen) {
      const params = { path: { id }, header: { 'If-Match': seen } };
      try {
        const { etag, headers } = await unwrap(api.PUT('/api/flows/{id}', { params, body: flow }));
        return { outcome: 'saved', revision: { ...(flowState(headers) ?? { changed: true }), etag } };
      } catch (error) {
        return await staleOrRefused(api, id, error);
      }
    },
    async publish(note, seen, despite) {
      const params = { path: { id }, header: { 'If-Match': seen } };
      const body = { ...(note === '' ? {} : { note }), ...(despite === undefined ? {} : { despite }) };
      try {
        const { version } = (await unwrap(api.POST('/api/flows/{id}/publish', { params, body }))).data;
        return { outcome: 'published', version };
      } catch (error) {
        if (error instanceof Refusal && error.code === 'draft-unchanged') {
          const { live, newest, etag } = await readDraft(api, id);
          // It is live already, such as by a publish whose answer got lost.
          if (live !== undefined && live === newest && etag === seen) {
            return { outcome: 'published', version: live };
          }
        }
        return await staleOrRefused(api, id, error);
      }
    },
    reach: () => readReach(api, id),
    setLive: (version) => setLive(api, id, version),
    scripts: scriptsOf(api, id),
    version: (number) => readVersion(api, id, number),
    flows: () => listFlows(api),
    // The API's types know no pairs of times; the API takes nothing else.
    schedules: async () => (await listSchedules(api)) as readonly unknown[] as readonly KnownSchedule[],
    connections: () => listConnections(api),
    groups: () =>
      allPages(async (after) => {
        const query = { limit: 100, ...(after === undefined ? {} : { after }) };
        return (await unwrap(api.GET('/api/skill-groups', { params: { query } }))).data;
      }),
  };
}

const dayMs = 86_400_000;

async function readReach(api: Api, id: string): Promise<PublishImpact> {
  const since = new Date(Date.now() - dayMs).toISOString();
  const [numbers, stats] = await Promise.all([listNumbers(api), readStats(api, since)]);
  return {
    numbers: numbers.filter(({ flow }) => flow === id).map(({ number }) => number),
    calls: stats.byFlow.find(({ flow }) => flow === id)?.now ?? 0,
  };
}

/** Where the call script of a flow is kept. */
function scriptsOf(api: Api, id: string): ScriptRemote {
  const path = { id };
  return {
    async read() {
      const { data, etag } = await unwrap(
        api.GET('/api/flows/{id}/calls-txt', { params: { path }, parseAs: 'text' }),
      );
      return { text: data ?? '', etag };
    },
    async save(text, seen) {
      const params = { path, header: { 'If-Match': seen } };
      const sent = { body: text, bodySerializer: () => text, headers: { 'content-type': 'text/plain' } };
      const { etag } = await unwrap(
        api.PUT('/api/flows/{id}/calls-txt', { params, ...sent, parseAs: 'text' }),
      );
      return { text, etag };
    },
    async live(flow) {
      const row = (await listFlows(api)).find((each) => each.id === flow);
      return row?.live === undefined ? undefined : await readVersion(api, flow, row.live);
    },
  };
}

async function staleOrRefused(api: Api, id: string, error: unknown) {
  if (!(error instanceof Refusal)) throw error;
  if (error.status === 412) return { outcome: 'stale', draft: await readDraft(api, id) } as const;
  const { message: reason, problems } = error;
  return { outcome: 'refused', reason, problems } as const;
}

/** openapi-fetch makes other types of tuples than they are, so it cannot tell that this is a flow. */
function flowIn(data: object): Flow {
  return data as Flow;
}
