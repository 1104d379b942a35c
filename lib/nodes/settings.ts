import * as v from 'valibot';
import { keys } from '../flow/events.ts';
import { lineText } from '../flow/name.ts';
import { AudioPart, Prompt } from '../flow/prompt.ts';
import type { Resource } from '../flow/uses.ts';

/** What people read of a setting, in English. */
export interface SettingWords {
  /** What stands above its field. */
  readonly name: string;
  /** What it does, without a full stop: for the form, the schema and the docs alike. */
  readonly about: string;
  /** What stands in the field while it is empty. */
  readonly example?: string;
}

/** What kind of field a form shows for a setting, and what is checked of its value. */
export type FieldKind =
  | {
      readonly field: 'prompt';
      /** The variables that its texts may name beside those of the call. */
      readonly variables: readonly string[];
      /** The setting that says how many times the prompt is heard in a row; without it once. */
      readonly times?: string;
    }
  | { readonly field: 'audio' }
  | { readonly field: 'number' }
  | { readonly field: 'switch' }
  /** The id of something outside the flow. */
  | { readonly field: 'reference'; readonly resource: Resource }
  /** What each key of a choice stands for. */
  | { readonly field: 'labels' };

/** The field of a setting, with its words. */
export type Field = FieldKind & Omit<SettingWords, 'about'>;

/** A setting that is a prompt. `variables` are those that its texts may name beside those of the call. */
export function prompt(
  words: SettingWords,
  { variables = [], times }: { readonly variables?: readonly string[]; readonly times?: string } = {},
) {
  const kind: FieldKind = { field: 'prompt', variables, ...(times === undefined ? {} : { times }) };
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

/** A setting that names what each key stands for, for people who read the drawing. */
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

/** The field of a setting, as its schema carries it, so that `fieldOf` finds it there. */
function fieldFrom({ name, example }: SettingWords, kind: FieldKind) {
  return { ...kind, name, ...(example === undefined ? {} : { example }) };
}

/** The field of a setting, whether it may be left out or not. */
export function fieldOf(setting: v.GenericSchema): Field | undefined {
  const schema = unwrapped(setting);
  const found = v.getMetadata(schema as Parameters<typeof v.getMetadata>[0]);
  return 'field' in found ? (found as unknown as Field) : undefined;
}

/** What a setting does, in English. */
export function aboutOf(setting: v.GenericSchema): string {
  return v.getDescription(unwrapped(setting) as Parameters<typeof v.getDescription>[0]) ?? '';
}

function unwrapped(setting: v.GenericSchema): v.GenericSchema {
  return 'wrapped' in setting ? (setting.wrapped as v.GenericSchema) : setting;
}
