import type { Answer, AnswerTo, Ask, AskName } from '../flow/asks.ts';
import type { Flow } from '../flow/flow.ts';
import { answerWith, type Taken, takeValues } from '../flow/request.ts';
import type { ScriptMessage } from './scriptmessage.ts';

/** The facts of a call script by name: `available sales` → `no`. */
export type Known = ReadonlyMap<string, string>;

/** Returns another flow by id; `undefined` if there is none. */
export type FindFlow = (id: string) => Flow | undefined;

/** A kind of fact. The first word of a fact's name selects it. */
interface FactKind {
  /** Whether an id follows in the name: `available sales`. */
  readonly about: boolean;
  /** Its values, for messages. */
  readonly values: string;
  readonly pattern: RegExp;
}

const kinds = {
  available: { about: true, values: '`yes`, `no` or `3 waiting`', pattern: /^(yes|no|[0-9]{1,6} waiting)$/ },
  schedule: { about: true, values: '`open`, `closed` or `holiday`', pattern: /^(open|closed|holiday)$/ },
  request: {
    about: true,
    values: 'a status and the answer, such as `200 {"tier":"gold"}`, or `failed`',
    pattern: /^(failed|[1-5][0-9]{2}( .+)?)$/,
  },
  message: { about: false, values: '`sent` or `failed`', pattern: /^(sent|failed)$/ },
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
  if (!kind.pattern.test(value)) {
    const values = { name, value: value.slice(0, 80) };
    return { message: `\`? ${name}\` is ${kind.values}, not \`${values.value}\`.`, says: is, values };
  }
  return is === 'request' ? readJsonOf(name, value) : undefined;
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
  possible(ask: Ask<Name>, trials: Trials, find: FindFlow): readonly (string | undefined)[];
}

/** Returns the values of a variable to try: one for each way that the flow's comparisons can turn out. */
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
    possible: ({ take }, trials) => ['failed', '200 {}', ...answersFor(take, trials)],
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
  },
};

/** The most responses of a service that are tried. */
const mostAnswers = 24;

/** Responses with all values, so that each trial of each variable occurs at least once. */
function answersFor(take: readonly Taken[], trials: Trials): string[] {
  const tried = take.map(({ variable, from }) => ({ from, values: ['1', ...trials(variable)] }));
  const most = Math.min(mostAnswers, Math.max(0, ...tried.map(({ values }) => values.length)));
  const answers = Array.from({ length: most }, (_, place) =>
    answerWith(tried.map(({ from, values }) => ({ from, value: values[place % values.length] ?? '' }))),
  );
  return [...new Set(answers)].map((each) => `200 ${each}`);
}

/** The name of the fact that answers a question: `available sales`. */
export function factOf(ask: Ask): string {
  return answeringOf(ask).fact(ask);
}

/** The answer to a question; `undefined` if the script lacks the fact. */
export function answerFrom(known: Known, ask: Ask, find: FindFlow): Answer | undefined {
  const { fact, answer } = answeringOf(ask);
  const found = answer(ask, known.get(fact(ask)), find);
  return found === undefined ? undefined : ({ ask, answer: found } as Answer);
}

/** A possible answer to a question, with its fact. */
export interface PossibleAnswer {
  /** The fact as a script writes it: `available sales: yes`; left out if the question needs none. */
  readonly fact?: string;
  readonly answer: Answer;
}

/** All possible answers to a question. */
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

/** The end of a message: what to write so that a question is answered. */
export function missingFact(ask: Ask): string {
  const name = factOf(ask);
  const [word = ''] = name.split(' ', 1);
  const kind = kindOf(word);
  return `write \`? ${name}: …\` before it, ${kind === undefined ? 'with its value' : kinds[kind].values}`;
}
