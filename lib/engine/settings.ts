import * as v from 'valibot';
import { defined } from '../flow/defined.ts';
import type { FlowNode } from '../flow/flow.ts';
import { nodeType } from '../nodes/index.ts';
import { aboutOf, type Field, fieldOf } from '../nodes/settings.ts';

/** A setting as a form needs it, read from the schema of its node type. */
export interface Setting {
  readonly name: string;
  readonly field: Field;
  /** What it does, in English. */
  readonly about: string;
  readonly required: boolean;
  /** The default value. */
  readonly default?: unknown;
  /** The range of a number. */
  readonly min?: number;
  readonly max?: number;
}

const known = new Map<string, readonly Setting[]>();

/** The settings of a node type, in order; empty for an unknown type. */
export function settingsOf(type: string): readonly Setting[] {
  const found = known.get(type);
  if (found !== undefined) return found;
  const settings = settingsIn(nodeType(type)?.settings ?? {});
  known.set(type, settings);
  return settings;
}

/** The settings that schemas describe, in order. */
export function settingsIn(entries: v.ObjectEntries): Setting[] {
  return Object.entries(entries).flatMap(([name, entry]): Setting[] => {
    const schema = entry as v.GenericSchema;
    const field = fieldOf(schema);
    return field === undefined ? [] : [{ name, field, about: aboutOf(schema), ...boundsOf(schema) }];
  });
}

/**
 * The setting at a problem's field, and its path without list indexes: `cases.0.when.1.value` → `cases.when.value`. `undefined`
 * if the type has no such setting.
 */
export function settingAt(type: string, field: string): { path: string; setting: Setting } | undefined {
  let settings = settingsOf(type);
  let found: { path: string; setting: Setting } | undefined;
  for (const name of field.split('.')) {
    if (found !== undefined && /^\d+$/.test(name)) continue;
    const setting = settings.find((each) => each.name === name);
    if (setting === undefined) return found;
    found = { path: found === undefined ? name : `${found.path}.${name}`, setting };
    settings = setting.field.field === 'list' ? settingsIn(setting.field.entries) : [];
  }
  return found;
}

/** The value of a setting, or its default. */
export function readSetting(node: FlowNode, { name, default: initial }: Setting): unknown {
  return (Object.hasOwn(node, name) ? node[name] : undefined) ?? initial;
}

function boundsOf(schema: v.GenericSchema): Pick<Setting, 'required' | 'default' | 'min' | 'max'> {
  const optional = schema.type === 'optional';
  const inner = optional && 'wrapped' in schema ? (schema.wrapped as v.GenericSchema) : schema;
  const initial: unknown = optional
    ? v.getDefault(schema as v.OptionalSchema<v.GenericSchema, unknown>)
    : undefined;
  const min = requirementOf(inner, 'min_value');
  const max = requirementOf(inner, 'max_value');
  return {
    required: !optional,
    ...defined({ default: initial, min, max }),
  };
}

function requirementOf(schema: v.GenericSchema, type: string): number | undefined {
  const actions = 'pipe' in schema ? (schema.pipe as readonly { type: string; requirement?: unknown }[]) : [];
  const requirement = actions.find((action) => action.type === type)?.requirement;
  return typeof requirement === 'number' ? requirement : undefined;
}
