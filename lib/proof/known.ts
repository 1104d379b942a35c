import type { Answer, AnswerTo, Ask, AskName } from '../flow/asks.ts';
import type { Flow } from '../flow/flow.ts';
import { takeValues } from '../flow/request.ts';
import type { LeftOut } from './leftout.ts';
import { answersFor, answersLeftOutFor } from './responses.ts';
import type { ScriptMessage } from './scriptmessage.ts';
import type { Tried } from './tried.ts';

/** The facts of a call script by name: `available sales` → `no`. */
export type Known = ReadonlyMap<string, string>;

/** Returns another flow by id; `undefined` if there is none. */
export type FindFlow = (id: string) => Flow | undefined;

/** A kind of fact. The first word of a fact's name selects it. */
interface FactKind {
  /** Whether an id follows in the name: `available sales`. */
  readonly about: boolean;
  /** Whether the same question can have another answer a moment later: a second request, a second message. */
  readonly varies?: boolean;
  /** Its values, for messages. */
  readonly values: string;
  readonly pattern: RegExp;
}

const kinds = {
  available: { about: true, values: '`yes`, `no` or `3 waiting`', pattern: /^(yes|no|[0-9]{1,6} waiting)$/ },
  schedule: { about: true, values: '`open`, `closed` or `holiday`', pattern: /^(open|closed|holiday)$/ },
  request: {
    about: true,
    varies: true,
    values: 'a status and the answer, such as `200 {"tier":"gold"}`, or `failed`',
    pattern: /^(failed|[1-5][0-9]{2}( .+)?)$/,
  },
  message: { about: false, varies: true, values: '`sent` or `failed`', pattern: /^(sent|failed)$/ },
  flow: { about: true, values: '`live` or `missing`', pattern: /^(live|missing)$/ },
} as const satisfies Readonly<Record<string, FactKind>>;

/** The kind of facts that a first word selects; `undefined` if there is none. */
function kindOf(word: string): keyof typeof kinds | undefined {
  return Object.hasOwn(kinds, word) ? (word as keyof typeof kinds) : undefined;
}

/** What is wrong with a fact; `undefined` if it is valid. */
export function readFact(name: string, value: string): ScriptMessage | undefined {
  const [word = '', ...about] = name.split(/\s+/);
  const short = name.slice(0, 80);
  const is = kindOf(word);
  if (is === undefined) {
    const facts = Object.keys(kinds).join(', ');
    return {
      message: `\`${short}\` is not a fact: the facts are ${facts}.`,
      ...{ says: 'fact', values: { name: short, facts } },
    };
  }
  const kind = kinds[is];
  if (about.length !== Number(kind.about)) {
    const form = kind.about ? `${word} ID` : word;
    return {
      message: `\`? ${short}\` is written \`? ${form}: VALUE\`.`,
      ...{ says: 'fact-form', values: { name: short, form } },
    };
  }
  for (const each of valuesIn(name, value)) {
    const values = { name, value: each.slice(0, 80) };
    if (!kind.pattern.test(each))
      return { message: `\`? ${name}\` is ${kind.values}, not \`${values.value}\`.`, says: is, values };
    const wrong = is === 'request' ? readJsonOf(name, each) : undefined;
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

/** Whether a fact can have several values during one event. */
export function varies(fact: string): boolean {
  const is = kindOf(fact.split(/[ :]/, 1)[0] ?? '');
  return is !== undefined && (kinds[is] as FactKind).varies === true;
}

/** Stands between the answers to the first question, the second and so on: `failed, then 200 {}`. */
const next = ', then ';

/** The values of a fact: one for each time that it is asked for during one event; the last one stays. */
function valuesIn(name: string, value: string): readonly string[] {
  if (!varies(name)) return [value];
  const values: string[] = [];
  for (const part of value.split(next)) {
    const last = values.at(-1);
    // The words may also stand within a text of an answer.
    if (last !== undefined && readJsonOf(name, last) !== undefined) values.splice(-1, 1, last + next + part);
    else values.push(part);
  }
  return values;
}

/** Facts in the order in which they were asked for, as lines of a script: one line for each name. */
export function factLines(facts: readonly string[]): readonly string[] {
  const values = new Map<string, string[]>();
  for (const fact of facts) {
    const name = nameOf(fact);
    values.set(name, [...(values.get(name) ?? []), fact.slice(name.length + 2)]);
  }
  return Array.from(values, ([name, all]) => {
    const stays = all.findLastIndex((value) => value !== all.at(-1)) + 2;
    return `${name}: ${all.slice(0, stays).join(next)}`;
  });
}

/** Whether two facts of one event exclude each other: `available sales: yes`, `available sales: no`. */
export function contradicts(one: string, other: string): boolean {
  return one !== other && nameOf(one) === nameOf(other) && !varies(one);
}

function nameOf(fact: string): string {
  return fact.slice(0, fact.indexOf(': '));
}

function readJsonOf(name: string, value: string): ScriptMessage | undefined {
  const json = value.slice(4);
  if (value === 'failed' || json === '') return undefined;
  try {
    JSON.parse(json);
    return undefined;
  } catch {
    const short = json.slice(0, 80);
    return {
      message: `\`? ${name}\` answers \`${short}\`, which is not JSON.`,
      ...{ says: 'json', values: { name, value: short } },
    };
  }
}

/** How an ask is answered from the facts of a script. */
interface Answering<Name extends AskName> {
  /** The name of the fact. */
  fact(ask: Ask<Name>): string;
  /** The answer. Without a value it is the default, or `undefined` if the script must state the fact. */
  answer(ask: Ask<Name>, value: string | undefined, find: FindFlow): AnswerTo<Name> | undefined;
  /** All values to try when every path is explored; `undefined` in the list if the question needs no fact. */
  possible(ask: Ask<Name>, tried: Tried, find: FindFlow): readonly (string | undefined)[];
  /** Which values `possible` does not name; `undefined` if it names all that can matter. */
  leavesOut?(ask: Ask<Name>, tried: Tried, find: FindFlow): LeftOut | undefined;
}

const answering: { readonly [Name in AskName]: Answering<Name> } = {
  available: {
    fact: ({ skillGroup }) => `available ${skillGroup}`,
    answer: (_, value) =>
      value === undefined ? undefined : { online: value !== 'no', waiting: Number.parseInt(value, 10) || 0 },
    possible: () => ['yes', 'no'],
  },
  schedule: {
    fact: ({ schedule }) => `schedule ${schedule}`,
    answer: (_, value) =>
      value === 'open' || value === 'closed' || value === 'holiday' ? { state: value } : undefined,
    possible: () => ['open', 'closed', 'holiday'],
  },
  send: {
    fact: () => 'message',
    answer: (_, value) => (value === undefined ? undefined : { sent: value === 'sent' }),
    possible: () => ['sent', 'failed'],
  },
  // A flow does not decide which numbers may be dialled: a script writes `> refused` for a number that may not.
  dial: {
    fact: () => 'dial',
    answer: () => ({ allowed: true }),
    possible: () => [undefined],
  },
  // A flow does not decide whether a message can be stored: a script writes `> refused` for one that cannot.
  keep: {
    fact: () => 'keep',
    answer: () => ({ kept: true }),
    possible: () => [undefined],
  },
  request: {
    fact: ({ connection }) => `request ${connection}`,
    answer({ take }, value) {
      if (value === undefined) return undefined;
      const status = Number.parseInt(value, 10);
      if (!(status >= 200 && status < 300)) return { failed: true };
      const values = takeValues(value.slice(4), take);
      return values === undefined ? { failed: true } : { status, values };
    },
    possible: ({ take }, tried) => ['failed', ...answersFor(take, tried)],
    leavesOut: ({ connection, take }, tried) => answersLeftOutFor(connection, take, tried),
  },
  flow: {
    fact: ({ id }) => `flow ${id}`,
    answer({ id, version }, value, find) {
      const flow = find(id);
      // A calling flow stays available while the call is in another one.
      if (flow !== undefined && (value !== 'missing' || version !== undefined)) return { version: 1, flow };
      return value === 'live' ? undefined : { missing: true };
    },
    possible({ id, version }, _, find) {
      if (version !== undefined) return [undefined];
      return find(id) === undefined ? ['missing'] : ['live', 'missing'];
    },
    leavesOut: ({ id }, _, find) =>
      find(id) === undefined ? { says: 'flow', values: { flow: id } } : undefined,
  },
};

/** The name of the fact that answers a question: `available sales`. */
export function factOf(ask: Ask): string {
  return answeringOf(ask).fact(ask);
}

/**
 * The answer to a question; `undefined` if the script lacks the fact. `earlier` is how often the fact was asked for before during the
 * same event.
 */
export function answerFrom(known: Known, ask: Ask, find: FindFlow, earlier = 0): Answer | undefined {
  const { fact, answer } = answeringOf(ask);
  const name = fact(ask);
  const said = known.get(name);
  const values = said === undefined ? [] : valuesIn(name, said);
  const found = answer(ask, values[Math.min(earlier, values.length - 1)], find);
  return found === undefined ? undefined : ({ ask, answer: found } as Answer);
}

/** A possible answer to a question, with its fact. */
export interface PossibleAnswer {
  /** The fact as a script writes it: `available sales: yes`; left out if the question needs none. */
  readonly fact?: string;
  readonly answer: Answer;
}

/** All possible answers to a question, one for each way that the flow can go on. */
export function possibleAnswers(ask: Ask, tried: Tried, find: FindFlow): PossibleAnswer[] {
  const { fact, answer, possible } = answeringOf(ask);
  return possible(ask, tried, find).flatMap((value): PossibleAnswer[] => {
    const found = answer(ask, value, find);
    if (found === undefined) return [];
    const line = value === undefined ? {} : { fact: `${fact(ask)}: ${value}` };
    return [{ ...line, answer: { ask, answer: found } as Answer }];
  });
}

/** Which answers `possibleAnswers` does not name; `undefined` if it names all. */
export function answersLeftOut(ask: Ask, tried: Tried, find: FindFlow): LeftOut | undefined {
  return answeringOf(ask).leavesOut?.(ask, tried, find);
}

function answeringOf(ask: Ask): Answering<AskName> {
  return answering[ask.ask] as Answering<AskName>;
}

/** The end of a message: what to write so that a question is answered. */
export function missingFact(ask: Ask): string {
  const name = factOf(ask);
  const [word = ''] = name.split(' ', 1);
  const kind = kindOf(word);
  return `write \`? ${name}: …\` before it, ${kind === undefined ? 'with its value' : kinds[kind].values}`;
}
