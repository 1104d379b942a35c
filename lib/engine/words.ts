import * as v from 'valibot';
import { defaultLanguage, type Flow, type FlowNode, settingOf } from '../flow/flow.ts';
import { speaksOther } from '../flow/language.ts';
import { firstCharacters } from '../flow/length.ts';
import type { Problem } from '../flow/problem.ts';
import { AudioPart, holdMusic, Prompt, partsOf, type TextPart } from '../flow/prompt.ts';
import { callVariables, clean, isSpeakable, variablesIn } from '../flow/text.ts';
import { nodeType } from '../nodes/index.ts';
import { type Field, fieldOf } from '../nodes/settings.ts';
import type { Facts } from './check.ts';
import { placeholdersIn } from './placeholders.ts';
import { promptBytes, tongueOf } from './speak.ts';

/** What a prompt may take in a document, in bytes of UTF-8. */
const largestPromptBytes = 16 * 1024;

/** What is wrong with the texts, and with the names of things outside the flow. */
export function* checkWords(flow: Flow, facts: Facts): Iterable<Problem> {
  yield* checkWaitNumber(flow);
  for (const [id, node] of Object.entries(flow.nodes)) {
    for (const [setting, schema] of Object.entries(nodeType(node.type)?.settings ?? {})) {
      const field = fieldOf(schema as v.GenericSchema);
      if (field === undefined) continue;
      for (const problem of checkField(flow, facts, field, setting, node)) yield { ...problem, node: id };
    }
  }
}

/** Told once for each flow, since it is the meaning that is in question and not the place. */
function* checkWaitNumber(flow: Flow): Iterable<Problem> {
  for (const [id, node] of Object.entries(flow.nodes)) {
    for (const [setting, schema] of Object.entries(nodeType(node.type)?.settings ?? {})) {
      const field = fieldOf(schema as v.GenericSchema);
      const prompt = v.safeParse(Prompt, settingOf(node, setting));
      if (field?.field !== 'prompt' || !field.variables.includes('WaitNo') || !prompt.success) continue;
      const named = partsOf(prompt.output).some(
        (part) => 'text' in part && variablesIn(part.text).includes('WaitNo'),
      );
      if (!named) continue;
      const message =
        '`${WaitNo}` is how many callers wait ahead; before this release it was the place in the queue. Write `${QueuePosition}` if you mean the place.';
      yield { rule: 'wait-number', severity: 'warning', node: id, field: setting, message };
      return;
    }
  }
}

function checkField(flow: Flow, facts: Facts, field: Field, name: string, node: FlowNode): Iterable<Problem> {
  const value = settingOf(node, name);
  if (value === undefined) return [];
  if (field.field === 'prompt') return checkPrompt(flow, facts, field, name, node);
  if (field.field === 'audio')
    return v.is(AudioPart, value) ? checkHoldMusic(facts, `${name}.audio`, value.audio) : [];
  const isGroup = field.field === 'reference' && field.resource === 'groups';
  if (isGroup && facts.groups?.has(String(value)) === false) {
    const message = `There is no skill group \`${value}\`: create it, or nobody will be online in it.`;
    return [{ rule: 'unknown-group', severity: 'warning', field: name, message }];
  }
  return [];
}

function* checkPrompt(
  flow: Flow,
  facts: Facts,
  { variables, times }: Extract<Field, { field: 'prompt' }>,
  name: string,
  node: FlowNode,
): Iterable<Problem> {
  const prompt = v.safeParse(Prompt, settingOf(node, name));
  if (!prompt.typed) return;
  const count = times === undefined ? 1 : settingOf(node, times);
  yield* checkPromptSize(flow, name, prompt.output, typeof count === 'number' ? count : 1);
  for (const [index, part] of partsOf(prompt.output).entries()) {
    const at = Array.isArray(prompt.output) ? `${name}.${index}` : name;
    if ('audio' in part) yield* checkAudio(facts, `${at}.audio`, part.audio);
    else {
      yield* checkSpeakable(`${at}.text`, part.text);
      yield* checkVariables(`${at}.text`, part.text, variables);
      yield* checkPlaceholders(`${at}.text`, part.text, variables);
      yield* checkCharacters(`${at}.text`, part.text);
      yield* checkVoice(flow, `${at}.language`, part);
    }
  }
}

function checkPromptSize(flow: Flow, field: string, prompt: Prompt, times: number): Problem[] {
  if (promptBytes(flow, prompt) * times <= largestPromptBytes) return [];
  const size = `takes more than ${largestPromptBytes / 1024} KB as it is sent`;
  const message =
    times > 1
      ? `\`${field}\`, played ${times} times, ${size}: shorten it, or play it fewer times.`
      : `\`${field}\` ${size}: shorten it.`;
  return [{ rule: 'bad-value', severity: 'error', field, message }];
}

function* checkVariables(field: string, text: string, more: readonly string[]): Iterable<Problem> {
  const known: readonly string[] = [...callVariables, ...more];
  const unknown = new Set(variablesIn(text).filter((name) => !known.includes(name)));
  const names = known.map((each) => `\${${each}}`).join(', ');
  for (const name of unknown) {
    const message = `\`\${${firstCharacters(name, 80)}}\` cannot be known here: use ${names}.`;
    yield { rule: 'unknown-variable', severity: 'error', field, message };
  }
}

function checkPlaceholders(field: string, text: string, more: readonly string[]): Problem[] {
  const found = placeholdersIn(text, [...callVariables, ...more]);
  if (found === undefined) return [];
  const [written, fixes] = [found.written, found.fixes].map((each) =>
    each.map((one) => `\`${one}\``).join(', '),
  );
  const message = `Spoken as written: ${written}. Variables are filled in only if they are written like this: ${fixes}.`;
  return [{ rule: 'looks-like-a-variable', severity: 'warning', field, message }];
}

/** Not a rule of the schema, by which calls read versions that were published before it. */
function checkSpeakable(field: string, text: string): Problem[] {
  const blank = clean(text).trim() === '';
  if (blank || isSpeakable(text) || variablesIn(text).length > 0) return [];
  const message = `\`${field}\` holds nothing that a voice can speak: write words or digits, or remove it.`;
  return [{ rule: 'bad-value', severity: 'error', field, message }];
}

function checkCharacters(field: string, text: string): Problem[] {
  if (clean(text) === text) return [];
  const message =
    'The text holds characters that cannot be sent, such as control characters: they are left out.';
  return [{ rule: 'lost-characters', severity: 'warning', field, message }];
}

function checkVoice(flow: Flow, field: string, part: TextPart): Problem[] {
  const language = part.language ?? flow.language ?? defaultLanguage;
  const { voice, language: code } = tongueOf(flow, part);
  if (voice === undefined) {
    const message = `No voice is known for the language \`${language}\`: name a \`voice\` of the carrier that speaks it.`;
    return [{ rule: 'unknown-language', severity: 'error', field, message }];
  }
  if (!speaksOther(voice, code)) return [];
  const message = `The voice \`${voice}\` does not speak the language \`${language}\`: name another voice, or its language.`;
  return [{ rule: 'unknown-language', severity: 'warning', field, message }];
}

/** Hold music is asked for again when it ends, and then agents are rung: that must not take longer. */
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
