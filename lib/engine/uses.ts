import type * as v from 'valibot';
import type { Flow } from '../flow/flow.ts';
import { holdMusic } from '../flow/prompt.ts';
import type { Resource, Uses } from '../flow/uses.ts';
import { nodeType } from '../nodes/index.ts';
import { type Field, fieldOf } from '../nodes/settings.ts';
import { placesOf } from './places.ts';

/** Which resource a field names, and where in its value the ids are; `undefined` if it names none. */
function namedBy(field: Field): { resource: Resource; idsIn: (value: unknown) => unknown[] } | undefined {
  switch (field.field) {
    case 'prompt':
    case 'audio':
      return { resource: 'audio', idsIn: audioIn };
    case 'reference':
      return { resource: field.resource, idsIn: (value) => [value] };
    default:
      return undefined;
  }
}

/** The resources that a flow refers to. The flow may be a broken draft: invalid values are skipped. */
export function usesOf({ nodes }: Flow): Uses {
  const found = new Map<Resource, Set<string>>();
  for (const node of Object.values(nodes)) {
    for (const { field, value } of placesOf(node)) {
      const names = namedBy(field);
      if (names === undefined) continue;
      const ids = names.idsIn(value).filter((id) => typeof id === 'string' && id !== '');
      const known = found.get(names.resource) ?? new Set();
      found.set(names.resource, known);
      for (const id of ids) known.add(String(id));
    }
  }
  const lists = Array.from(found, ([resource, ids]) => [resource, [...ids].sort()] as const);
  return Object.fromEntries(lists.filter(([, ids]) => ids.length > 0));
}

/** Whether a flow has a setting for this kind of resource, filled in or not. */
export function hasSettingFor(resource: Resource, { nodes }: Flow): boolean {
  const types = new Set(Object.values(nodes).map(({ type }) => type));
  return [...types].some((type) => hasFieldFor(resource, nodeType(type)?.settings ?? {}));
}

function hasFieldFor(resource: Resource, settings: v.ObjectEntries): boolean {
  return Object.values(settings).some((schema) => {
    const field = fieldOf(schema as v.GenericSchema);
    if (field?.field === 'list') return hasFieldFor(resource, field.entries);
    return field !== undefined && namedBy(field)?.resource === resource;
  });
}

/** The ids of library audio in a prompt or a part of one. The system's own audio always exists and is left out. */
function audioIn(value: unknown): unknown[] {
  return [value].flat().flatMap((part) => {
    if (typeof part !== 'object' || part === null || !('audio' in part)) return [];
    return part.audio === holdMusic ? [] : [part.audio];
  });
}
