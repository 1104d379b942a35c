import afterHours from '../../../flows/after-hours.flow.json' with { type: 'json' };
import afterHoursZh from '../../../flows/after-hours-zh.flow.json' with { type: 'json' };
import office from '../../../flows/office.flow.json' with { type: 'json' };
import officeZh from '../../../flows/office-zh.flow.json' with { type: 'json' };
import experience from '../../../flows/phone-experience.flow.json' with { type: 'json' };
import experienceEn from '../../../flows/phone-experience-en.flow.json' with { type: 'json' };
import type { Flow } from '../../../lib/flow/flow.ts';

/** A template, with its texts in Chinese and in English. */
interface Editions {
  /** The id that is suggested if a name cannot be spelled. */
  readonly id: string;
  readonly zh: unknown;
  readonly en: unknown;
}

/** What a new flow can begin with: the examples that come with the system, or nothing. */
export const templates = {
  empty: undefined,
  experience: { id: experience.id, zh: experience, en: experienceEn },
  office: { id: office.id, zh: officeZh, en: office },
  afterHours: { id: afterHours.id, zh: afterHoursZh, en: afterHours },
} as const satisfies Readonly<Record<string, Editions | undefined>>;

/** The name of a template. */
export type Template = keyof typeof templates;

/** A template's flow with texts for a language: Chinese for Chinese, English for all others. */
export function editionOf(template: Template, language: string): Flow | undefined {
  const editions = templates[template];
  if (editions === undefined) return undefined;
  return (/^zh\b/i.test(language) ? editions.zh : editions.en) as unknown as Flow;
}
