import { isRecord } from '../flow/json.ts';

/** A system whose exports people take for flows of ours. */
export type ForeignSystem = 'Twilio Studio' | 'Amazon Connect' | 'n8n' | 'Node-RED' | 'TextIt';

/**
 * The system that a JSON document was exported from, by the fields that its format always has; `undefined` if it is not one
 * of the known ones. Sources: Studio's flow definitions, Connect's flow language and its older `modules`, workflows of n8n,
 * flow files of Node-RED, exports of RapidPro (TextIt).
 */
export function foreignSystem(document: unknown): ForeignSystem | undefined {
  if (Array.isArray(document)) return isNodeRed(document) ? 'Node-RED' : undefined;
  if (!isRecord(document)) return undefined;
  const has = (name: string, is: (value: unknown) => boolean) => is(document[name]);
  if (has('states', Array.isArray) && has('initial_state', isText)) return 'Twilio Studio';
  if (has('Actions', Array.isArray) && has('StartAction', isText)) return 'Amazon Connect';
  if (has('modules', Array.isArray) && has('start', isText)) return 'Amazon Connect';
  if (has('nodes', Array.isArray) && has('connections', isRecord)) return 'n8n';
  if (has('flows', Array.isArray) && has('site', isText)) return 'TextIt';
  return undefined;
}

/** Node-RED exports a plain list: tabs, and nodes with `wires`. */
function isNodeRed(entries: readonly unknown[]): boolean {
  const known = (entry: unknown) => isRecord(entry) && isText(entry.id) && isText(entry.type);
  return (
    entries.length > 0 &&
    entries.every(known) &&
    entries.some((entry) => isRecord(entry) && (entry.type === 'tab' || Array.isArray(entry.wires)))
  );
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
