import { readSetting, settingsOf } from '../../../lib/engine/settings.ts';
import type { FlowNode } from '../../../lib/flow/flow.ts';
import type { PromptPart } from '../../../lib/flow/prompt.ts';
import type { Resource } from '../../../lib/flow/uses.ts';
import { listLines } from '../../../lib/proof/listlines.ts';

/**
 * The first thing that a node is set to, in a line or two; empty if that is missing, `undefined` if it may be left out. `called` says
 * what something outside the flow is called.
 */
export function summaryOf(
  node: FlowNode,
  called: (resource: Resource, id: string) => string = (_resource, id) => id,
): string | undefined {
  const settings = settingsOf(node.type);
  const [first] = settings;
  if (first === undefined) return undefined;
  const value = readSetting(node, first);
  if (value === undefined && !first.required) return undefined;
  if (first.field.field === 'prompt') return heard(value);
  if (first.field.field === 'list') return listLines(value, first.field, first.name).join('\n');
  const prompt = settings.find(({ field }) => field.field === 'prompt');
  const said = prompt === undefined ? '' : heard(readSetting(node, prompt));
  const { field } = first;
  const named =
    field.field === 'reference' && typeof value === 'string' ? called(field.resource, value) : value;
  return [String(named ?? ''), said].filter(Boolean).join('\n');
}

function heard(prompt: unknown): string {
  const parts: readonly (Partial<PromptPart> | null)[] = Array.isArray(prompt) ? prompt : [prompt ?? null];
  return parts
    .map((part) => {
      if (part === null || typeof part !== 'object') return '';
      if ('text' in part && typeof part.text === 'string') return part.text;
      if ('text' in part && typeof part.text === 'object')
        return String(Object.values(part.text ?? {})[0] ?? '');
      return 'audio' in part ? `♪ ${String(part.audio)}` : '';
    })
    .filter(Boolean)
    .join(' ');
}
