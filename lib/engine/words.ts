import * as v from 'valibot';
import { defaultLanguage, type Flow } from '../flow/flow.ts';
import { speaksOther } from '../flow/language.ts';
import type { Problem } from '../flow/problem.ts';
import { AudioPart, holdMusic, Prompt, partsOf, type TextPart } from '../flow/prompt.ts';
import { callVariables, clean, variablesIn } from '../flow/text.ts';
import { nodeType } from '../nodes/index.ts';
import { type Field, fieldOf } from '../nodes/settings.ts';
import type { Facts } from './check.ts';
import { promptBytes, tongueOf } from './speak.ts';

/** What a prompt may take in a document, in bytes of UTF-8. */
const largestPromptBytes = 16 * 1024;

/** What is wrong with the texts, and with the names of things outside the flow. */
export function checkWords(flow: Flow, facts: Facts): Problem[] {
  const problems: Problem[] = [];
  for (const [id, node] of Object.entries(flow.nodes)) {
    for (const [setting, schema] of Object.entries(nodeType(node.type)?.settings ?? {})) {
      const field = fieldOf(schema as v.GenericSchema);
      const value = Object.hasOwn(node, setting) ? node[setting] : undefined;
      if (field === undefined || value === undefined) continue;
      for (const problem of checkField(flow, facts, field, setting, value))
        problems.push({ ...problem, node: id });
    }
  }
  return problems;
}

function checkField(flow: Flow, facts: Facts, field: Field, name: string, value: unknown): Problem[] {
  if (field.field === 'prompt') return checkPrompt(flow, facts, field, name, value);
  if (field.field === 'audio')
    return v.is(AudioPart, value) ? checkAudio(facts, `${name}.audio`, value.audio) : [];
  if (field.field === 'skill-group' && facts.groups?.has(String(value)) === false) {
    const message = `There is no skill group \`${value}\`: create it, or nobody will be online in it.`;
    return [{ rule: 'unknown-group', severity: 'warning', field: name, message }];
  }
  return [];
}

function checkPrompt(
  flow: Flow,
  facts: Facts,
  { variables = [] }: Field,
  name: string,
  value: unknown,
): Problem[] {
  const prompt = v.safeParse(Prompt, value);
  if (!prompt.typed) return [];
  const problems = partsOf(prompt.output).flatMap((part, index): Problem[] => {
    const at = Array.isArray(prompt.output) ? `${name}.${index}` : name;
    if ('audio' in part) return checkAudio(facts, `${at}.audio`, part.audio);
    return [
      ...checkVariables(`${at}.text`, part.text, variables),
      ...checkCharacters(`${at}.text`, part.text),
      ...checkVoice(flow, `${at}.language`, part),
    ];
  });
  return [...checkPromptSize(flow, name, prompt.output), ...problems];
}

function checkPromptSize(flow: Flow, field: string, prompt: Prompt): Problem[] {
  if (promptBytes(flow, prompt) <= largestPromptBytes) return [];
  const message = `\`${field}\` takes more than ${largestPromptBytes / 1024} KB as it is sent: shorten it.`;
  return [{ rule: 'bad-value', severity: 'error', field, message }];
}

function checkVariables(field: string, text: string, own: readonly string[]): Problem[] {
  const known: readonly string[] = [...callVariables, ...own];
  const unknown = new Set(variablesIn(text).filter((name) => !known.includes(name)));
  return Array.from(unknown, (name): Problem => {
    const names = known.map((each) => `\${${each}}`).join(', ');
    const message = `\`\${${name.slice(0, 80)}}\` cannot be known here: use ${names}.`;
    return { rule: 'unknown-variable', severity: 'error', field, message };
  });
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

function checkAudio(facts: Facts, field: string, audio: string): Problem[] {
  if (audio === holdMusic || facts.audio === undefined || facts.audio.has(audio)) return [];
  const message = `There is no approved audio \`${audio}\`: upload it and have it approved, or choose another.`;
  return [{ rule: 'unknown-audio', severity: 'error', field, message }];
}
