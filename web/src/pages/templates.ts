import afterHours from '../../../flows/after-hours.flow.json' with { type: 'json' };
import afterHoursZh from '../../../flows/after-hours-zh.flow.json' with { type: 'json' };
import balance from '../../../flows/balance.flow.json' with { type: 'json' };
import balanceZh from '../../../flows/balance-zh.flow.json' with { type: 'json' };
import bookingLink from '../../../flows/booking-link.flow.json' with { type: 'json' };
import bookingLinkZh from '../../../flows/booking-link-zh.flow.json' with { type: 'json' };
import dutyPhone from '../../../flows/duty-phone.flow.json' with { type: 'json' };
import dutyPhoneZh from '../../../flows/duty-phone-zh.flow.json' with { type: 'json' };
import office from '../../../flows/office.flow.json' with { type: 'json' };
import officeZh from '../../../flows/office-zh.flow.json' with { type: 'json' };
import openingHours from '../../../flows/opening-hours.flow.json' with { type: 'json' };
import openingHoursZh from '../../../flows/opening-hours-zh.flow.json' with { type: 'json' };
import experience from '../../../flows/phone-experience.flow.json' with { type: 'json' };
import experienceEn from '../../../flows/phone-experience-en.flow.json' with { type: 'json' };
import voicemail from '../../../flows/voicemail.flow.json' with { type: 'json' };
import voicemailZh from '../../../flows/voicemail-zh.flow.json' with { type: 'json' };
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
  openingHours: { id: openingHours.id, zh: openingHoursZh, en: openingHours },
  afterHours: { id: afterHours.id, zh: afterHoursZh, en: afterHours },
  voicemail: { id: voicemail.id, zh: voicemailZh, en: voicemail },
  dutyPhone: { id: dutyPhone.id, zh: dutyPhoneZh, en: dutyPhone },
  bookingLink: { id: bookingLink.id, zh: bookingLinkZh, en: bookingLink },
  balance: { id: balance.id, zh: balanceZh, en: balance },
} as const satisfies Readonly<Record<string, Editions | undefined>>;

/** The name of a template. */
export type Template = keyof typeof templates;

/** A template's flow with texts for a language: Chinese for Chinese, English for all others. */
export function editionOf(template: Template, language: string): Flow | undefined {
  const editions = templates[template];
  if (editions === undefined) return undefined;
  return (/^zh\b/i.test(language) ? editions.zh : editions.en) as unknown as Flow;
}
