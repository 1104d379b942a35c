import * as v from 'valibot';
import { defined } from '../flow/defined.ts';
import { keys } from '../flow/events.ts';
import { FlowId } from '../flow/flow.ts';
import { atMost } from '../flow/length.ts';
import { variableName } from '../flow/memory.ts';
import { lineText } from '../flow/name.ts';
import { AudioPart, Language, Prompt } from '../flow/prompt.ts';
import { jsonBytes } from '../flow/size.ts';
import { callVariables } from '../flow/text.ts';
import type { Resource } from '../flow/uses.ts';

/** The English texts of a setting. */
export interface SettingWords {
  /** The label of its field. */
  readonly name: string;
  /** What it does, without a full stop: for the form, the schema and the docs alike. */
  readonly about: string;
  /** The placeholder of the empty field. */
  readonly example?: string;
  /** What one object of a list is called. */
  readonly entry?: string;
}

/** The kind of a setting: which field the form shows, and how its value is checked. */
export type FieldKind =
  | {
      readonly field: 'prompt';
      /** The variables that its texts may name, besides those of the call. */
      readonly variables: readonly string[];
      /** The setting that holds how many times the prompt is played in a row; once if left out. */
      readonly times?: string;
      /** A setting whose value is the name of a variable; the texts may name that variable, too. */
      readonly names?: string;
    }
  | { readonly field: 'audio' }
  | { readonly field: 'number' }
  | { readonly field: 'switch' }
  /** The id of something outside the flow. */
  | { readonly field: 'reference'; readonly resource: Exclude<Resource, 'audio'> }
  /** A label for each phone key. */
  | { readonly field: 'labels' }
  /** A text in which `${Name}` is replaced with the plain value. */
  | { readonly field: 'text' }
  /** The name of a variable that the node sets. */
  | { readonly field: 'variable' }
  /** The name of a variable that is read: one that a node sets, or a call variable such as `SystemCallerNumber`. */
  | { readonly field: 'operand' }
  /** A language (BCP 47). */
  | { readonly field: 'language' }
  /** JSON in whose texts `${Name}` is replaced; secrets are allowed. */
  | { readonly field: 'json' }
  /** A JSON Pointer (RFC 6901): `/customer/tier`. */
  | { readonly field: 'pointer' }
  /** The name of an exit. */
  | { readonly field: 'exit' }
  /** One of several words, each with its English label. */
  | { readonly field: 'choice'; readonly options: Readonly<Record<string, string>> }
  /** An ordered list of objects with the same settings. */
  | { readonly field: 'list'; readonly entries: v.ObjectEntries; readonly max: number };

/** The field of a setting, with its label and placeholder. */
export type Field = FieldKind & Omit<SettingWords, 'about'>;

/** A prompt setting. `variables` and the variable that the setting `names` holds may be named in its texts, besides those of the call. */
export function prompt(
  words: SettingWords,
  { variables = [], ...more }: Partial<Omit<Extract<FieldKind, { field: 'prompt' }>, 'field'>> = {},
) {
  const kind: FieldKind = { field: 'prompt', variables, ...more };
  return v.pipe(Prompt, v.description(words.about), v.metadata(fieldFrom(words, kind)));
}

/** A setting that is a whole number within a range, and has a default. */
export function whole(
  words: SettingWords,
  { min, max, default: initial }: { readonly min: number; readonly max: number; readonly default: number },
) {
  const message = `must be a whole number from ${min} to ${max}`;
  return v.optional(
    v.pipe(
      v.number(message),
      v.integer(message),
      v.minValue(min, message),
      v.maxValue(max, message),
      v.description(words.about),
      v.metadata(fieldFrom(words, { field: 'number' })),
    ),
    initial,
  );
}

/** A setting that is on or off. */
export function flag(words: SettingWords, { default: initial }: { readonly default: boolean }) {
  const schema = v.boolean('must be true or false');
  return v.optional(
    v.pipe(schema, v.description(words.about), v.metadata(fieldFrom(words, { field: 'switch' }))),
    initial,
  );
}

/** A setting that is an audio of the library. */
export function audio(words: SettingWords) {
  return v.pipe(AudioPart, v.description(words.about), v.metadata(fieldFrom(words, { field: 'audio' })));
}

/** A setting that names a skill group. */
export function skillGroup(words: SettingWords) {
  return v.pipe(
    v.string('must be the id of a skill group'),
    v.regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'must be a skill group: up to 40 small letters, digits and hyphens'),
    v.description(words.about),
    v.metadata(fieldFrom(words, { field: 'reference', resource: 'groups' })),
  );
}

/** A setting that names a schedule. */
export function scheduleReference(words: SettingWords) {
  return v.pipe(
    v.string('must be the id of a schedule'),
    v.regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'must be a schedule: up to 40 small letters, digits and hyphens'),
    v.description(words.about),
    v.metadata(fieldFrom(words, { field: 'reference', resource: 'schedules' })),
  );
}

/** A setting that names a connection. */
export function connectionReference(words: SettingWords) {
  return v.pipe(
    v.string('must be the id of a connection'),
    v.regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'must be a connection: up to 40 small letters, digits and hyphens'),
    v.description(words.about),
    v.metadata(fieldFrom(words, { field: 'reference', resource: 'connections' })),
  );
}

/** A setting that is the path of a request, in which `${Name}` is filled in. */
export function pathText(words: SettingWords, fits: (path: string) => boolean) {
  return v.pipe(
    v.string('must be a path'),
    atMost(1000),
    v.check(fits, 'must be a path such as /orders/${Order}: no spaces, no backslash, no `#`, no `..`'),
    v.description(words.about),
    v.metadata(fieldFrom(words, { field: 'text' })),
  );
}

/** A setting that is JSON of at most 16 KB, in whose texts `${Name}` is replaced. */
export function json(words: SettingWords, fits: (value: unknown) => boolean) {
  return v.pipe(
    v.any(),
    v.check(
      (value) => fits(value) && jsonBytes(value) <= 16 * 1024,
      'must be JSON of at most 16 KB, nested at most 32 deep',
    ),
    v.description(words.about),
    v.metadata(fieldFrom(words, { field: 'json' })),
  );
}

/** A setting that is a JSON Pointer: `/customer/tier`. */
export function pointer(words: SettingWords) {
  return v.pipe(
    v.string('must be a JSON Pointer'),
    v.regex(/^(?:\/(?:[^~/]|~[01])*)*$/, 'must be a JSON Pointer such as /customer/tier'),
    v.maxLength(256, 'is longer than 256 characters'),
    v.description(words.about),
    v.metadata(fieldFrom(words, { field: 'pointer' })),
  );
}

/** A setting that names another flow. */
export function flowReference(words: SettingWords) {
  return v.pipe(
    FlowId,
    v.description(words.about),
    v.metadata(fieldFrom(words, { field: 'reference', resource: 'flows' })),
  );
}

/** A setting that holds a label for each phone key. Labels are drawn on the canvas and never spoken. */
export function labels(words: SettingWords) {
  const label = (key: string) => v.optional(v.pipe(lineText(100), v.description(`What ${key} stands for`)));
  return v.pipe(
    v.strictObject(
      Object.fromEntries(keys.map((key) => [key, label(key)])),
      'must be an object: { "1": "sales" }',
    ),
    v.description(words.about),
    v.metadata(fieldFrom(words, { field: 'labels' })),
  );
}

/** A setting that is a text in which `${Name}` is replaced; `max` limits its characters as written. */
export function filled(words: SettingWords, { max }: { readonly max: number }) {
  return v.pipe(
    v.string('must be a text'),
    atMost(max),
    v.description(words.about),
    v.metadata(fieldFrom(words, { field: 'text' })),
  );
}

/** A setting that names a variable which the node sets. */
export function variable(words: SettingWords) {
  return v.pipe(
    v.string('must be the name of a variable'),
    v.regex(
      variableName,
      'must be the name of a variable: up to 40 letters and digits, a letter first, not `System…`',
    ),
    v.description(words.about),
    v.metadata(fieldFrom(words, { field: 'variable' })),
  );
}

/** A setting that names a variable to read. */
export function operand(words: SettingWords) {
  return v.pipe(
    v.string('must be the name of a variable'),
    v.regex(
      new RegExp(`^(?:${callVariables.join('|')})$|${variableName.source}`),
      `must be the name of a variable: one that a node sets, or ${callVariables.join(', ')}`,
    ),
    v.description(words.about),
    v.metadata(fieldFrom(words, { field: 'operand' })),
  );
}

/** A setting that is a language. */
export function languageSetting(words: SettingWords) {
  return v.pipe(Language, v.description(words.about), v.metadata(fieldFrom(words, { field: 'language' })));
}

/** A setting that names an exit of its node. */
export function exitName(words: SettingWords) {
  return v.pipe(
    v.string('must be the name of an exit'),
    v.regex(
      /^(?!else$)[a-z][a-z0-9-]{0,30}$/,
      'must be the name of an exit: up to 31 small letters, digits and hyphens, a letter first, not `else`',
    ),
    v.description(words.about),
    v.metadata(fieldFrom(words, { field: 'exit' })),
  );
}

/** A setting that is one of several words, each with its English label. */
export function choice<const Options extends Readonly<Record<string, string>>>(
  words: SettingWords,
  options: Options,
) {
  const names = Object.keys(options) as (keyof Options & string)[];
  return v.pipe(
    v.picklist(names, `must be one of ${names.join(', ')}`),
    v.description(words.about),
    v.metadata(fieldFrom(words, { field: 'choice', options })),
  );
}

/** A setting that is a list of `min` (default 1) to `max` objects. `entries` are the settings of one object, `item` is its schema. */
export function list<const Item extends v.GenericSchema>(
  words: SettingWords & { readonly entry: string },
  entries: v.ObjectEntries,
  item: Item,
  { max, min = 1 }: { readonly max: number; readonly min?: number },
) {
  return v.pipe(
    v.array(item, 'must be a list of objects'),
    v.minLength(min, 'is an empty list'),
    v.maxLength(max, `has more than ${max} entries`),
    v.description(words.about),
    v.metadata(fieldFrom(words, { field: 'list', entries, max })),
  );
}

/** Schema metadata that holds the field of a setting; `fieldOf` reads it. */
function fieldFrom({ name, example, entry }: SettingWords, kind: FieldKind) {
  return { ...kind, name, ...defined({ example, entry }) };
}

const fields = new WeakMap<v.GenericSchema, Field | undefined>();

/** The field of a setting, required or optional. */
export function fieldOf(setting: v.GenericSchema): Field | undefined {
  if (!fields.has(setting)) {
    const found = v.getMetadata(unwrapped(setting) as Parameters<typeof v.getMetadata>[0]);
    fields.set(setting, 'field' in found ? (found as unknown as Field) : undefined);
  }
  return fields.get(setting);
}

/** What a setting does, in English. */
export function aboutOf(setting: v.GenericSchema): string {
  return v.getDescription(unwrapped(setting) as Parameters<typeof v.getDescription>[0]) ?? '';
}

function unwrapped(setting: v.GenericSchema): v.GenericSchema {
  return 'wrapped' in setting ? (setting.wrapped as v.GenericSchema) : setting;
}
