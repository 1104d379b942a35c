import afterHours from '../../../flows/after-hours.flow.json' with { type: 'json' };
import office from '../../../flows/office.flow.json' with { type: 'json' };
import experience from '../../../flows/phone-experience.flow.json' with { type: 'json' };
import { defaultLanguage, type Flow } from '../../../lib/flow/flow.ts';

/** What a new flow can begin with: the examples that come with the system, or nothing. */
export const templates = {
  empty: undefined,
  experience: experience as unknown as Flow,
  office: office as unknown as Flow,
  afterHours: afterHours as unknown as Flow,
} as const satisfies Readonly<Record<string, Flow | undefined>>;

/** The name of a template. */
export type Template = keyof typeof templates;

/** The language of a template's texts; that of the console where it has none. */
export function languageOf(template: Template, shown: string): string {
  const flow = templates[template];
  return flow === undefined ? shown : (flow.language ?? defaultLanguage);
}
