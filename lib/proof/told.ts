import { type Setting, settingsIn } from '../engine/settings.ts';
import { isRecord } from '../flow/json.ts';
import type { Field } from '../nodes/settings.ts';

/** How a word of a choice is called, by the way to its setting: `cases.when.is`. */
export type OptionName = (path: string, value: string) => string;

/**
 * A list in a line for each of its objects, as people write it down: `Tier = gold`, `vip: Tier is gold`. `path` is the way to the
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
