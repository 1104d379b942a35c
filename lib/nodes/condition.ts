import * as v from 'valibot';
import { readDecimal } from '../flow/decimal.ts';
import { isRecord } from '../flow/json.ts';
import { firstCharacters } from '../flow/length.ts';
import { fill } from '../flow/text.ts';
import { defineNode, type Exits, go, type SettingFault, type SettingsOf, type Turn } from './node.ts';
import { choice, exitName, filled, list, operand } from './settings.ts';

/** How two values are compared, with the English label of each comparison. */
const comparisons = {
  equal: 'is',
  'not-equal': 'is not',
  less: 'is less than',
  'at-most': 'is at most',
  greater: 'is greater than',
  'at-least': 'is at least',
  'starts-with': 'starts with',
  contains: 'contains',
  set: 'has a value',
  unset: 'was never set',
} as const;

type Comparison = keyof typeof comparisons;

const test = {
  variable: operand({ name: 'Variable', about: 'The variable that is tested', example: 'Tier' }),
  is: choice(
    {
      name: 'Comparison',
      about:
        'How it must be: `equal`, `not-equal`, `starts-with` and `contains` compare texts; `less`, `at-most`, `greater` and `at-least` compare decimal numbers such as `1000` and `-12.5`, and are false if either side is not one',
    },
    comparisons,
  ),
  value: v.optional(
    filled(
      {
        name: 'Value',
        about: 'What it is compared with; `${Name}` in it is filled in. `set` and `unset` take none',
        example: 'gold',
      },
      { max: 1000 },
    ),
  ),
};

const entries = {
  exit: exitName({ name: 'Exit', about: 'The exit that is taken if all tests hold', example: 'vip' }),
  when: list(
    { name: 'Tests', entry: 'Test', about: 'All of them must hold' },
    test,
    v.pipe(
      v.strictObject(test, 'must be { "variable": …, "is": …, "value": … }'),
      v.forward(
        v.check(
          ({ is, value }) => isAlone(is) === (value === undefined),
          ({ input: { is } }) =>
            isAlone(is)
              ? `is not needed with \`${is}\`: remove it`
              : `is missing: \`${is}\` compares with it`,
        ),
        ['value'],
      ),
    ),
    { max: 10 },
  ),
};

const cases = v.pipe(
  list(
    { name: 'Cases', entry: 'Case', about: 'Tried in order; the first one whose tests all hold is taken' },
    entries,
    v.strictObject(entries, 'must be { "exit": …, "when": [ … ] }'),
    { max: 20 },
  ),
  v.check(
    (each) => new Set(each.map(({ exit }) => exit)).size === each.length,
    'names an exit twice: give each case an exit of its own',
  ),
);

export const condition = defineNode({
  type: 'condition',
  name: 'Condition',
  summary: 'Compares variables and goes where the first case leads whose tests all hold.',
  face: { group: 'decisions', icon: 'filter', tone: '#0d94a0' },
  settings: { cases },
  exits({ cases }) {
    const exits: [string, Exits[string]][] = objectsIn(cases).flatMap(({ exit }) =>
      typeof exit === 'string'
        ? [[exit, { name: exit, about: `All tests of the case \`${exit}\` hold`, required: true }]]
        : [],
    );
    return Object.fromEntries([...exits, ['else', { name: 'Else', about: 'No case holds', required: true }]]);
  },
  example: {
    cases: [
      { exit: 'withheld', when: [{ variable: 'SystemCallerNumber', is: 'equal', value: '' }] },
      { exit: 'home', when: [{ variable: 'SystemCallerNumber', is: 'starts-with', value: '+1' }] },
    ],
    exits: { withheld: 'goodbye', home: 'menu', else: 'abroad' },
  },

  checks: checkNumbers,

  compares: ({ cases }) =>
    objectsIn(cases).flatMap(({ when }) =>
      objectsIn(when).map(({ variable: name, is, value = '' }) => ({
        ...{ variable: String(name), is: String(is), value: String(value) },
      })),
    ),

  ensures: ({ cases }) =>
    new Map(objectsIn(cases).map(({ exit, when }) => [String(exit), objectsIn(when).flatMap(ensuredBy)])),

  enter(node, turn) {
    const taken = node.cases.find(({ when }) => when.every((each) => holds(each, turn)));
    return go(taken?.exit ?? 'else');
  },
});

/** The tests that never hold, as they compare a number with what is none. What variables fill in is not known here. */
function checkNumbers({ cases: each }: SettingsOf<{ readonly cases: typeof cases }>): SettingFault[] {
  return each.flatMap(({ exit, when }, place) =>
    when.flatMap(({ is, value = '' }, at): SettingFault[] => {
      if (inOrder[is] === undefined || value.includes('${') || readDecimal(value) !== undefined) return [];
      const field = `cases.${place}.when.${at}.value`;
      const message = `is “${firstCharacters(value, 80)}”, which is no decimal number, so the case \`${exit}\` is never taken: write digits only, with a point before decimals, such as \`1000\` or \`-12.5\``;
      return [{ rule: 'no-decimal', severity: 'warning', field, message }];
    }),
  );
}

/** Whether a comparison takes no value: `set` and `unset`. */
function isAlone(is: Comparison): boolean {
  return is === 'set' || is === 'unset';
}

interface Test {
  readonly variable: string;
  readonly is: Comparison;
  readonly value?: string | undefined;
}

function holds({ variable, is, value = '' }: Test, turn: Pick<Turn, 'value'>): boolean {
  const found = turn.value(variable)?.text;
  if (is === 'unset') return found === undefined;
  if (is === 'set') return found !== undefined && found !== '';
  const [one, other] = [found ?? '', fill(value, (name) => turn.value(name))];
  const ordered = inOrder[is];
  if (ordered === undefined) return compareTexts(is, one.trim(), other.trim());
  const [left, right] = [readDecimal(one), readDecimal(other)];
  return left !== undefined && right !== undefined && ordered(left, right);
}

const inOrder: { readonly [Is in Comparison]?: (one: bigint, other: bigint) => boolean } = {
  less: (one, other) => one < other,
  'at-most': (one, other) => one <= other,
  greater: (one, other) => one > other,
  'at-least': (one, other) => one >= other,
};

function compareTexts(is: Comparison, one: string, other: string): boolean {
  switch (is) {
    case 'equal':
      return one === other;
    case 'not-equal':
      return one !== other;
    case 'starts-with':
      return one.startsWith(other);
    default:
      return one.includes(other);
  }
}

/** The variable of a test that cannot hold unless it has a value. */
function ensuredBy({ variable, is, value }: Record<string, unknown>): string[] {
  const isSomething = typeof value === 'string' && value.trim() !== '' && !value.includes('${');
  const needs =
    is === 'set' ||
    Object.hasOwn(inOrder, String(is)) ||
    (isSomething && is !== 'unset' && is !== 'not-equal');
  return typeof variable === 'string' && needs ? [variable] : [];
}

/** The objects of a list; empty if the value is not a list. */
function objectsIn(value: unknown): Record<string, unknown>[] {
  return (Array.isArray(value) ? value : []).filter(isRecord);
}
