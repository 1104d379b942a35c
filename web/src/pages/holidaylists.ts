import { chineseDays, type ListedDay, publicDays } from '../../../lib/flow/proposal.ts';

/** A country, or a part of one, for which holidays are known. */
export interface Region {
  readonly code: string;
  readonly name: string;
}

/** How many days ahead holidays are listed. */
const daysAhead = 550;

/** The countries for which holidays are known, by their names in a language. The list is loaded when it is first asked for. */
export async function holidayRegions(language: string): Promise<Region[]> {
  const { default: Holidays } = await import('date-holidays');
  const names = new Intl.DisplayNames(language, { type: 'region' });
  return Object.entries(new Holidays().getCountries('en'))
    .map(([code, name]) => ({ code, name: /^[A-Z]{2}$/.test(code) ? (names.of(code) ?? name) : name }))
    .sort((one, other) => one.name.localeCompare(other.name, language));
}

/** The parts of a country that have holidays of their own: `DE-BY`. */
export async function holidayStates(country: string, language: string): Promise<Region[]> {
  if (country === 'CN') return [];
  const { default: Holidays } = await import('date-holidays');
  const states = new Holidays().getStates(country, language.slice(0, 2)) ?? {};
  return Object.entries(states).map(([code, name]) => ({ code: `${country}-${code}`, name }));
}

/** The holidays of a country or a part of it, from a date on for a year and a half. */
export async function listHolidays(region: string, from: string, language: string): Promise<ListedDay[]> {
  if (region === 'CN') {
    const { default: list } = await import('chinese-days');
    return chineseDays((date) => list.getDayDetail(date), from, daysAhead, language);
  }
  const { default: Holidays } = await import('date-holidays');
  const [country = '', state = ''] = region.split('-');
  const list = new Holidays(country, state);
  const year = Number(from.slice(0, 4));
  const found = [year, year + 1].flatMap((each) => list.getHolidays(each, language.slice(0, 2)));
  return publicDays(found).filter(({ date }) => date >= from);
}
