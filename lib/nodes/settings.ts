import * as v from 'valibot';
import { keys } from '../flow/events.ts';
import { lineText } from '../flow/name.ts';
import { AudioPart, Prompt } from '../flow/prompt.ts';

/** What kind of field a form shows for a setting. */
export interface Field {
  readonly field: 'prompt' | 'audio' | 'number' | 'switch' | 'skill-group' | 'labels';
  /** The variables that its texts may name beside the call's own. */
  readonly variables?: readonly string[];
  /** The setting that says how many times the prompt is heard in a row; without it once. */
  readonly times?: string;
}

/** A setting that is a prompt. */
export function prompt(about: string, variables: readonly string[] = [], times?: string) {
  const field: Field = { field: 'prompt', variables, ...(times === undefined ? {} : { times }) };
  return v.pipe(Prompt, v.description(about), v.metadata({ ...field }));
}

/** A setting that is a whole number within a range, and has a default. */
export function whole(about: string, { least, most, unset }: { least: number; most: number; unset: number }) {
  const message = `must be a whole number from ${least} to ${most}`;
  return v.optional(
    v.pipe(
      v.number(message),
      v.integer(message),
      v.minValue(least, message),
      v.maxValue(most, message),
      v.description(about),
      v.metadata({ field: 'number' } satisfies Field),
    ),
    unset,
  );
}

/** A setting that is on or off. */
export function flag(about: string, { default: initial }: { default: boolean }) {
  return v.optional(
    v.pipe(
      v.boolean('must be true or false'),
      v.description(about),
      v.metadata({ field: 'switch' } satisfies Field),
    ),
    initial,
  );
}

/** A setting that is an audio of the library. */
export function audio(about: string) {
  return v.pipe(AudioPart, v.description(about), v.metadata({ field: 'audio' } satisfies Field));
}

/** A setting that names a skill group. */
export function skillGroup(about: string) {
  return v.pipe(
    v.string('must be the id of a skill group'),
    v.regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'must be a skill group: up to 40 small letters, digits and hyphens'),
    v.description(about),
    v.metadata({ field: 'skill-group' } satisfies Field),
  );
}

/** A setting that names what each key stands for, for people who read the drawing. */
export function labels(about: string) {
  const label = (key: string) => v.optional(v.pipe(lineText(100), v.description(`What ${key} stands for`)));
  return v.pipe(
    v.strictObject(
      Object.fromEntries(keys.map((key) => [key, label(key)])),
      'must be an object: { "1": "sales" }',
    ),
    v.description(about),
    v.metadata({ field: 'labels' } satisfies Field),
  );
}

/** The field of a setting, whether it may be left out or not. */
export function fieldOf(setting: v.GenericSchema): Field | undefined {
  const schema = 'wrapped' in setting ? (setting.wrapped as v.GenericSchema) : setting;
  const found = v.getMetadata(schema as Parameters<typeof v.getMetadata>[0]);
  return 'field' in found ? (found as unknown as Field) : undefined;
}
