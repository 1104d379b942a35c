import * as v from 'valibot';
import { defaultLanguage, type Flow } from '../flow/flow.ts';
import { speaksOther } from '../flow/language.ts';
import type { Problem } from '../flow/problem.ts';
import {
  AudioPart,
  holdMusic,
  isSameLanguage,
  isTranslated,
  type OneText,
  type Prompt,
  parsePrompt,
  partsOf,
  promptTexts,
  type TextPart,
  translationsOf,
} from '../flow/prompt.ts';
import { bodyTexts } from '../flow/request.ts';
import { clean, isBlank, isSpeakable, variablesIn } from '../flow/text.ts';
import type { Resource } from '../flow/uses.ts';
import type { Field } from '../nodes/settings.ts';
import type { Facts } from './facts.ts';
import { checkOperand, checkText } from './named.ts';
import { placesOf, type SettingPlace } from './places.ts';
import { promptBytes, speechVoiceOf } from './speak.ts';
import { languagesOf } from './translations.ts';

/** The most bytes of UTF-8 that a prompt takes in a TwiML document. */
const largestPromptBytes = 16 * 1024;

/** Problems of texts, names of variables, and ids of resources outside the flow. */
export function* checkWords(flow: Flow, facts: Facts): Iterable<Problem> {
  let isWaitNoTold = false;
  for (const [id, node] of Object.entries(flow.nodes)) {
    for (const place of placesOf(node)) {
      if (!isWaitNoTold && namesWaitNo(place)) {
        isWaitNoTold = true;
        yield { ...waitNumber(place), node: id };
      }
      for (const problem of checkPlace(flow, facts, id, place)) yield { ...problem, node: id };
    }
  }
}

function namesWaitNo({ field, value }: SettingPlace): boolean {
  if (field.field !== 'prompt' || !field.variables.includes('WaitNo')) return false;
  const prompt = parsePrompt(value);
  return prompt.success && promptTexts(prompt.output).some((text) => variablesIn(text).includes('WaitNo'));
}

/** Reported once per flow: the warning is about the variable's meaning, not about one place. */
function waitNumber({ path: field }: SettingPlace): Problem {
  const message =
    '`${WaitNo}` is how many callers wait ahead; before this release it was the place in the queue. Write `${QueuePosition}` if you mean the place.';
  return { rule: 'wait-number', severity: 'warning', field, message };
}

function checkPlace(flow: Flow, facts: Facts, id: string, place: SettingPlace): Iterable<Problem> {
  const { field, path, value, set } = place;
  switch (field.field) {
    case 'prompt':
      return checkPrompt(flow, facts, id, place, field);
    case 'text':
      return typeof value === 'string'
        ? checkText(flow, id, path, value, { set, given: [], done: 'Taken' })
        : [];
    case 'json':
      return bodyTexts(value, path).flatMap((each) => [
        ...checkText(flow, id, each.path, each.text, { set, given: [], done: 'Sent', secrets: true }),
      ]);
    case 'operand':
      return typeof value === 'string' ? checkOperand(flow, path, value) : [];
    case 'audio':
      return v.is(AudioPart, value) ? checkHoldMusic(facts, `${path}.audio`, value.audio) : [];
    case 'reference':
      return checkReference(flow, facts, path, field.resource, value);
    default:
      return [];
  }
}

function* checkPrompt(
  flow: Flow,
  facts: Facts,
  id: string,
  { path, value, among, set }: SettingPlace,
  { variables, times, names }: Extract<Field, { field: 'prompt' }>,
): Iterable<Problem> {
  const prompt = parsePrompt(value);
  if (!prompt.typed) return;
  const count = times === undefined ? 1 : among[times];
  const named = names === undefined ? undefined : among[names];
  const given = typeof named === 'string' ? [...variables, named] : variables;
  yield* checkPromptSize(flow, path, prompt.output, typeof count === 'number' ? count : 1);
  for (const [index, part] of partsOf(prompt.output).entries()) {
    const at = Array.isArray(prompt.output) ? `${path}.${index}` : path;
    if ('audio' in part) yield* checkAudio(facts, `${at}.audio`, part.audio);
    else {
      yield* checkTranslations(flow, at, part);
      for (const each of translationsOf(part, flow.language ?? defaultLanguage)) {
        const { tag, text } = each;
        const field = tag === undefined ? `${at}.text` : `${at}.text.${tag}`;
        if (!isUsual(text)) {
          yield* checkSpeakable(field, text);
          yield* checkText(flow, id, field, text, { given, set, done: 'Spoken' });
          yield* checkCharacters(field, text);
        }
        yield* checkVoice(flow, tag === undefined ? `${at}.language` : field, each);
      }
    }
  }
}

/** A text in several languages: the flow's own must be there, and those that the flow speaks elsewhere should be. */
function* checkTranslations(flow: Flow, field: string, part: TextPart): Iterable<Problem> {
  if (!isTranslated(part)) return;
  const at = `${field}.text`;
  const own = flow.language ?? defaultLanguage;
  const tags = Object.keys(part.text);
  const has = (language: string) => tags.some((tag) => isSameLanguage(tag, language));
  if (part.language !== undefined) {
    const message = `\`${field}.language\` is not needed: the texts name their languages themselves.`;
    yield { rule: 'bad-value', severity: 'error', field: `${field}.language`, message };
  }
  for (const [place, tag] of tags.entries()) {
    const first = tags.slice(0, place).find((each) => isSameLanguage(each, tag));
    if (first === undefined) continue;
    const message = `\`${at}\` has two texts for one language, \`${first}\` and \`${tag}\`: remove one, the second is never heard.`;
    yield { rule: 'language-twice', severity: 'error', field: `${at}.${tag}`, message };
  }
  if (!has(own)) {
    const message = `\`${at}\` lacks the flow's own language \`${own}\`: write a text for it.`;
    yield { rule: 'missing-own-language', severity: 'error', field: at, message };
  }
  const missing = languagesOf(flow).filter((language) => !isSameLanguage(language, own) && !has(language));
  if (missing.length === 0) return;
  const names = missing.map((language) => `\`${language}\``).join(', ');
  const message = `\`${at}\` is not translated into ${names}: calls in that language hear the text in \`${own}\`.`;
  yield { rule: 'missing-translation', severity: 'warning', field: at, message };
}

function checkPromptSize(flow: Flow, field: string, prompt: Prompt, times: number): Problem[] {
  if (isShort(prompt) && times <= 5) return [];
  if (promptBytes(flow, prompt) * times <= largestPromptBytes) return [];
  const size = `takes more than ${largestPromptBytes / 1024} KB as it is sent`;
  const message =
    times > 1
      ? `\`${field}\`, played ${times} times, ${size}: shorten it, or play it fewer times.`
      : `\`${field}\` ${size}: shorten it.`;
  return [{ rule: 'bad-value', severity: 'error', field, message }];
}

/** Whether a prompt is one short text without variables: even played five times, it is not too long. */
function isShort(prompt: Prompt): boolean {
  if (Array.isArray(prompt) || !('text' in prompt) || typeof prompt.text !== 'string') return false;
  return prompt.text.length < 500 && !prompt.text.includes('${');
}

/** Whether a text is plain ASCII words without variables, as most are: such a text has no problems. */
function isUsual(text: string): boolean {
  return /^[ -#&-z|}~]+$/.test(text) && /[A-Za-z0-9]/.test(text);
}

/** Not a rule of the schema: calls parse old versions by the schema, and those were published before this rule. */
function checkSpeakable(field: string, text: string): Problem[] {
  if (isBlank(text) || isSpeakable(text) || variablesIn(text).length > 0) return [];
  const message = `\`${field}\` holds nothing that a voice can speak: write words or digits, or remove it.`;
  return [{ rule: 'bad-value', severity: 'error', field, message }];
}

function checkCharacters(field: string, text: string): Problem[] {
  if (clean(text) === text) return [];
  const message =
    'The text holds characters that cannot be sent, such as control characters: they are left out.';
  return [{ rule: 'lost-characters', severity: 'warning', field, message }];
}

function checkVoice(flow: Flow, field: string, part: Omit<OneText, 'text'>): Problem[] {
  const language = part.language ?? flow.language ?? defaultLanguage;
  const { voice, language: code } = speechVoiceOf(flow, part);
  if (voice === undefined) {
    const message = `No voice is known for the language \`${language}\`: name a \`voice\` of the carrier that speaks it.`;
    return [{ rule: 'unknown-language', severity: 'error', field, message }];
  }
  if (!speaksOther(voice, code)) return [];
  const message = `The voice \`${voice}\` does not speak the language \`${language}\`: name another voice, or its language.`;
  return [{ rule: 'unknown-language', severity: 'warning', field, message }];
}

/** Agents are rung when the carrier asks for the music again, at its end: longer music delays them. */
const longestHoldSeconds = 60;

function checkHoldMusic(facts: Facts, field: string, audio: string): Problem[] {
  const seconds = facts.audio?.get(audio) ?? 0;
  if (seconds <= longestHoldSeconds) return checkAudio(facts, field, audio);
  const message = `\`${audio}\` takes ${Math.ceil(seconds)} seconds: hold music takes ${longestHoldSeconds} at most, it is looped.`;
  return [{ rule: 'hold-music-too-long', severity: 'error', field, message }];
}

function checkAudio(facts: Facts, field: string, audio: string): Problem[] {
  if (audio === holdMusic || facts.audio === undefined || facts.audio.has(audio)) return [];
  const message = `There is no approved audio \`${audio}\`: upload it and have it approved, or choose another.`;
  return [{ rule: 'unknown-audio', severity: 'error', field, message }];
}

function checkSchedule(facts: Facts, field: string, id: string): Problem[] {
  const last = facts.holidaysEnd?.get(id);
  if (last !== undefined) {
    const message = `The last holiday of schedule \`${id}\` is on ${last}: enter the next ones, or callers meet a usual day.`;
    return [{ rule: 'holidays-end', severity: 'warning', field, message }];
  }
  if (facts.schedules?.has(id) !== false) return [];
  const message = `There is no schedule \`${id}\`: create it, or it counts as open.`;
  return [{ rule: 'unknown-schedule', severity: 'warning', field, message }];
}

function checkConnection(facts: Facts, field: string, id: string): Problem[] {
  if (facts.connections?.has(id) !== false) return [];
  const message = `There is no connection \`${id}\`: create it, or its requests fail.`;
  return [{ rule: 'unknown-connection', severity: 'warning', field, message }];
}

/** If the flow does not exist or has no live version, calls take the exit `failed`. */
function checkFlow(flow: Flow, facts: Facts, field: string, id: string): Problem[] {
  const known = facts.flows?.get(id);
  if (facts.flows === undefined || known?.live === true || id === flow.id) return [];
  const message =
    known === undefined
      ? `There is no flow \`${id}\`: create it, or calls cannot go on in it.`
      : `The flow \`${id}\` has no live version: publish it, or calls cannot go on in it.`;
  return [
    { rule: known === undefined ? 'unknown-flow' : 'flow-not-live', severity: 'warning', field, message },
  ];
}

function checkReference(
  flow: Flow,
  facts: Facts,
  field: string,
  resource: Resource,
  value: unknown,
): Problem[] {
  if (resource === 'schedules') return checkSchedule(facts, field, String(value));
  if (resource === 'connections') return checkConnection(facts, field, String(value));
  if (resource === 'flows') return checkFlow(flow, facts, field, String(value));
  if (resource !== 'groups' || facts.groups?.has(String(value)) !== false) return [];
  const message = `There is no skill group \`${value}\`: create it, or nobody will be online in it.`;
  return [{ rule: 'unknown-group', severity: 'warning', field, message }];
}
