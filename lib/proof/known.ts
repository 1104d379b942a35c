import type { Answer, AnswerTo, Ask, AskName } from '../flow/asks.ts';
import type { Flow } from '../flow/flow.ts';
import { answerWith, type Taken, takeValues } from '../flow/request.ts';

/** What is known in a call script: `available sales` → `no`. */
export type Known = ReadonlyMap<string, string>;

/** Finds the flow of an id, for calls that go on in another flow; `undefined` if there is none. */
export type FindFlow = (id: string) => Flow | undefined;

/** A fact of call scripts, by the first word of its name. */
interface FactKind {
  /** Whether its name goes on with what the fact is about: `available sales`. */
  readonly about: boolean;
  /** Its values, as messages tell them. */
  readonly values: string;
  readonly pattern: RegExp;
}

const kinds: Readonly<Record<string, FactKind>> = {
  available: { about: true, values: '`yes`, `no` or `3 waiting`', pattern: /^(yes|no|[0-9]{1,6} waiting)$/ },
  schedule: { about: true, values: '`open`, `closed` or `holiday`', pattern: /^(open|closed|holiday)$/ },
  request: {
    about: true,
    values: 'a status and the answer, such as `200 {"tier":"gold"}`, or `failed`',
    pattern: /^(failed|[1-5][0-9]{2}( .+)?)$/,
  },
  message: { about: false, values: '`sent` or `failed`', pattern: /^(sent|failed)$/ },
  flow: { about: true, values: '`live` or `missing`', pattern: /^(live|missing)$/ },
};

/** What is wrong with a fact; `undefined` if nothing is. */
export function readFact(name: string, value: string): string | undefined {
  const [word = '', ...about] = name.split(/\s+/);
  const kind = Object.hasOwn(kinds, word) ? kinds[word] : undefined;
  if (kind === undefined) {
    return `\`${name.slice(0, 80)}\` is no fact: the facts are ${Object.keys(kinds).join(', ')}.`;
  }
  if (about.length !== Number(kind.about)) {
    const form = kind.about ? `${word} ID` : word;
    return `\`? ${name.slice(0, 80)}\` is written \`? ${form}: VALUE\`.`;
  }
  if (!kind.pattern.test(value)) return `\`? ${name}\` is ${kind.values}, not \`${value.slice(0, 80)}\`.`;
  return word === 'request' ? readJsonOf(name, value) : undefined;
}

function readJsonOf(name: string, value: string): string | undefined {
  const json = value.slice(4);
  if (value === 'failed' || json === '') return undefined;
  try {
    JSON.parse(json);
    return undefined;
  } catch {
    return `\`? ${name}\` answers \`${json.slice(0, 80)}\`, which is not JSON.`;
  }
}

/** How a question is answered from what a script knows. */
interface Answering<Name extends AskName> {
  /** The name of the fact. */
  fact(ask: Ask<Name>): string;
  /** The answer; without a fact what holds if nothing is said, or `undefined` if it must be said. */
  answer(ask: Ask<Name>, value: string | undefined, find: FindFlow): AnswerTo<Name> | undefined;
  /** All that the fact may be, for those who walk every path; `undefined` stands for a question that needs none. */
  possible(ask: Ask<Name>, trials: Trials, find: FindFlow): readonly (string | undefined)[];
}

/** The values of a variable that are to be tried, because they decide which way a call takes. */
export type Trials = (variable: string) => readonly string[];

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
  // Whether a number may be dialled is not a flow's matter: `> refused` is what a number comes to that may not.
  dial: {
    fact: () => 'dial',
    answer: () => ({ allowed: true }),
    possible: () => [undefined],
  },
  // Whether a message can be kept is not a flow's matter: `> refused` is what a recording comes to that cannot.
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
    possible: ({ take }, trials) => ['failed', '200 {}', ...answersFor(take, trials)],
  },
  flow: {
    fact: ({ id }) => `flow ${id}`,
    answer({ id, version }, value, find) {
      const flow = find(id);
      // A flow that was entered does not go while the call is in another one.
      if (flow !== undefined && (value !== 'missing' || version !== undefined)) return { version: 1, flow };
      return value === 'live' ? undefined : { missing: true };
    },
    possible({ id, version }, _, find) {
      if (version !== undefined) return [undefined];
      return find(id) === undefined ? ['missing'] : ['live', 'missing'];
    },
  },
};

/** How many answers of a service are tried at most. */
const mostAnswers = 24;

/** Answers that hold all values, each of them tried at least once. */
function answersFor(take: readonly Taken[], trials: Trials): string[] {
  const tried = take.map(({ variable, from }) => ({ from, values: ['1', ...trials(variable)] }));
  const most = Math.min(mostAnswers, Math.max(0, ...tried.map(({ values }) => values.length)));
  const answers = Array.from({ length: most }, (_, place) =>
    answerWith(tried.map(({ from, values }) => ({ from, value: values[place % values.length] ?? '' }))),
  );
  return [...new Set(answers)].map((each) => `200 ${each}`);
}

/** The name of the fact that answers a question. */
export function factOf(ask: Ask): string {
  return answeringOf(ask).fact(ask);
}

/** The answer to a question; `undefined` if the script does not say it. */
export function answerFrom(known: Known, ask: Ask, find: FindFlow): Answer | undefined {
  const { fact, answer } = answeringOf(ask);
  const found = answer(ask, known.get(fact(ask)), find);
  return found === undefined ? undefined : ({ ask, answer: found } as Answer);
}

/** A fact that may answer a question, with the answer. */
export interface PossibleAnswer {
  /** The line of a script that says it: `available sales: yes`; none if the question needs no fact. */
  readonly fact?: string;
  readonly answer: Answer;
}

/** All that may answer a question. */
export function possibleAnswers(ask: Ask, trials: Trials, find: FindFlow): PossibleAnswer[] {
  const { fact, answer, possible } = answeringOf(ask);
  return possible(ask, trials, find).flatMap((value): PossibleAnswer[] => {
    const found = answer(ask, value, find);
    if (found === undefined) return [];
    const line = value === undefined ? {} : { fact: `${fact(ask)}: ${value}` };
    return [{ ...line, answer: { ask, answer: found } as Answer }];
  });
}

function answeringOf(ask: Ask): Answering<AskName> {
  return answering[ask.ask] as Answering<AskName>;
}

/** What to write so that a question is answered. */
export function missingFact(ask: Ask): string {
  const name = factOf(ask);
  const [word = ''] = name.split(' ', 1);
  const kind = kinds[word];
  return `write \`? ${name}: …\` before it, ${kind?.values ?? 'with its value'}`;
}
