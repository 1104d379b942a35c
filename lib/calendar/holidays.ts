import { chineseDays, type ListedDay, publicDays } from '../flow/proposal.ts';

/** There is no list of holidays for this region, or no region is given. */
export class NoHolidayList extends Error {}

/** A country, or a part of one, for which holidays are known. */
export interface Region {
  readonly code: string;
  readonly name: string;
}

/** How many days ahead holidays are proposed. */
const daysAhead = 550;

/**
 * The holidays of a country (`CN`) or a part of it (`DE-BE`), for a year and a half from a date. The lists come from the packages
 * `chinese-days`, which has make-up workdays, and `date-holidays`, both loaded on first use. Throws NoHolidayList.
 */
export async function listedHolidays(region: string, from: string, language: string): Promise<ListedDay[]> {
  const [country = '', state, part] = region.toUpperCase().split('-');
  if (country === 'CN') {
    const { default: list } = await import('chinese-days');
    return chineseDays((date) => list.getDayDetail(date), from, daysAhead, language);
  }
  const { default: Holidays } = await import('date-holidays');
  const all = new Holidays();
  if (all.getCountries()[country] === undefined)
    throw new NoHolidayList(
      `There is no list of holidays of "${region}": write a country such as DE, or a part of it such as DE-BE.`,
    );
  if (state !== undefined && all.getStates(country)?.[state] === undefined)
    throw new NoHolidayList(
      `There is no list of holidays of "${region}": parts of ${country} are ${Object.keys(all.getStates(country) ?? {}).join(', ') || 'not known'}.`,
    );
  const list = new Holidays(country, state ?? '', part ?? '');
  const year = Number(from.slice(0, 4));
  return publicDays([year, year + 1].flatMap((each) => list.getHolidays(each, language.slice(0, 2)))).filter(
    ({ date }) => date >= from,
  );
}

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
