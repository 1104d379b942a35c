import { answerWith, type Taken } from '../flow/request.ts';
import type { LeftOut } from './leftout.ts';
import type { Tried } from './tried.ts';

/** The most responses of a service that are tried. */
const mostAnswers = 2_000;

/** The values to try of what a response holds, in groups: values of one group change together. */
function groupsOf(take: readonly Taken[], { trials, decides }: Tried): (readonly Held[])[] {
  const groups = take
    .filter(({ variable }) => decides(variable))
    .map(({ variable, from }) =>
      [...new Set([...trials(variable), '1', '', undefined])].map(holding([from])),
    );
  const others = take.filter(({ variable }) => !decides(variable)).map(({ from }) => from);
  return others.length === 0 ? groups : [...groups, ['1', '', undefined].map(holding(others))];
}

/** A part of a response: the values that it holds. */
type Held = readonly { readonly from: string; readonly value: string }[];

function holding(places: readonly string[]): (value: string | undefined) => Held {
  return (value) => (value === undefined ? [] : places.map((from) => ({ from, value })));
}

function countAnswers(take: readonly Taken[], tried: Tried): number {
  return groupsOf(take, tried).reduce((count, { length }) => count * length, 1);
}

/** Responses with every combination of values; beyond `mostAnswers`, with each value of each variable at least once. */
export function answersFor(take: readonly Taken[], tried: Tried): string[] {
  const groups = groupsOf(take, tried);
  const isWhole = countAnswers(take, tried) <= mostAnswers;
  const most = Math.min(mostAnswers, Math.max(1, ...groups.map(({ length }) => length)));
  const combined = isWhole
    ? groups.reduce<Held[]>(
        (all, group) => all.flatMap((held) => group.map((each) => [...held, ...each])),
        [[]],
      )
    : Array.from({ length: most }, (_, place) =>
        groups.flatMap((group) => group[place % group.length] ?? []),
      );
  return [...new Set(combined.map((held) => `200 ${answerWith(held)}`))];
}

/** Says that not every combination of values is among the responses; `undefined` if it is. */
export function answersLeftOutFor(
  connection: string,
  take: readonly Taken[],
  tried: Tried,
): LeftOut | undefined {
  return countAnswers(take, tried) <= mostAnswers
    ? undefined
    : { says: 'responses', values: { connection, most: mostAnswers } };
}
