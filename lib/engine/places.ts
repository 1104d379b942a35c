import type * as v from 'valibot';
import type { FlowNode } from '../flow/flow.ts';
import { isRecord } from '../flow/json.ts';
import { nodeType } from '../nodes/index.ts';
import { type Field, fieldOf } from '../nodes/settings.ts';

/** A value in the settings of a node. It is unchecked and may have any shape. */
export interface SettingPlace {
  /** Its path with dots: `prompt`, `cases.0.when.1.value`. */
  readonly path: string;
  readonly field: Field;
  readonly value: unknown;
  /** The object that contains it, with its other settings. */
  readonly among: Readonly<Record<string, unknown>>;
  /** The variables that earlier entries of its list set. */
  readonly set: ReadonlySet<string>;
}

/** The set values in a node's settings, in order; a list comes before its entries. */
export function placesOf(node: FlowNode): Iterable<SettingPlace> {
  return placesIn(nodeType(node.type)?.settings ?? {}, node, '', new Set());
}

function* placesIn(
  entries: v.ObjectEntries,
  among: Readonly<Record<string, unknown>>,
  prefix: string,
  set: Set<string>,
): Iterable<SettingPlace> {
  for (const name of Object.keys(entries)) {
    const field = fieldOf(entries[name] as v.GenericSchema);
    const value = Object.hasOwn(among, name) ? among[name] : undefined;
    if (field === undefined || value === undefined) continue;
    const path = prefix + name;
    yield { path, field, value, among, set };
    if (field.field !== 'list' || !Array.isArray(value)) continue;
    for (const [index, item] of value.entries()) {
      if (!isRecord(item)) continue;
      yield* placesIn(field.entries, item, `${path}.${index}.`, set);
      for (const variable of variablesIn(field.entries, item)) set.add(variable);
    }
  }
}

function variablesIn(entries: v.ObjectEntries, item: Record<string, unknown>): string[] {
  return Object.keys(entries).flatMap((name) => {
    const value = item[name];
    const sets = fieldOf(entries[name] as v.GenericSchema)?.field === 'variable';
    return sets && typeof value === 'string' ? [value] : [];
  });
}
