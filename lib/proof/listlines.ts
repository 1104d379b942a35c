import { type Setting, settingsIn } from '../engine/settings.ts';
import { isRecord } from '../flow/json.ts';
import type { Field } from '../nodes/settings.ts';

/** Returns the name of a choice's option. `path` is the path of its setting: `cases.when.is`. */
export type OptionName = (path: string, value: string) => string;

/**
 * The value of a list setting as one short line for each object: `Tier = gold`, `vip: Tier is gold`. `path` is the path of the
 * setting.
 */
export function listLines(
  value: unknown,
  { entries }: Extract<Field, { field: 'list' }>,
  path: string,
  optionName: OptionName = (_, word) => word,
): string[] {
  const settings = settingsIn(entries);
  return (Array.isArray(value) ? value : []).map((item) =>
    isRecord(item)
      ? settings.flatMap((setting) => partOf(item, setting, `${path}.${setting.name}`, optionName)).join(' ')
      : String(item),
  );
}

function partOf(
  item: Record<string, unknown>,
  { name, field }: Setting,
  path: string,
  optionName: OptionName,
): string[] {
  const value = item[name];
  if (value === undefined) return [];
  switch (field.field) {
    case 'list':
      return [listLines(value, field, path, optionName).join(', ')];
    case 'exit':
      return [`${value}:`];
    case 'variable':
      return [`${value} =`];
    case 'choice':
      return [optionName(path, String(value))];
    case 'text':
      return [value === '' ? '“”' : String(value)];
    default:
      return [String(value)];
  }
}
