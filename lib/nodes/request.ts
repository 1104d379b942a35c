import * as v from 'valibot';
import type { FlowNode } from '../flow/flow.ts';
import { isRecord } from '../flow/json.ts';
import type { VariableValue } from '../flow/memory.ts';
import { fillBody, fillPath, isBody, isPath, isRequestPath } from '../flow/request.ts';
import { valueFrom } from '../flow/text.ts';
import {
  again,
  ask,
  defineNode,
  go,
  type Outcome,
  type SettingFault,
  type SettingsOf,
  type Turn,
} from './node.ts';
import {
  choice,
  connectionReference,
  filled,
  json,
  list,
  pathText,
  pointer,
  prompt,
  variable,
  whole,
} from './settings.ts';

const taken = {
  variable: variable({ name: 'Variable', about: 'The variable that is set', example: 'Tier' }),
  from: pointer({
    name: 'From',
    about: 'Where the value stands in the answer: a JSON Pointer such as `/customer/tier`',
    example: '/customer/tier',
  }),
  default: v.optional(
    filled(
      {
        name: 'Default',
        about: 'What it is set to if the answer lacks it, or the request fails; without it, it is unset then',
        example: 'standard',
      },
      { max: 256 },
    ),
  ),
};

const settings = {
  connection: connectionReference({
    name: 'Connection',
    about: 'The service that gets the request',
    example: 'crm',
  }),
  method: v.optional(
    choice(
      { name: 'Method', about: 'The method of the request' },
      { GET: 'GET', POST: 'POST', PUT: 'PUT', PATCH: 'PATCH' },
    ),
    'POST',
  ),
  path: v.optional(
    pathText(
      {
        name: 'Path',
        about:
          'Follows the URL of the connection; values of `${Name}` are percent-encoded, and one that would lead elsewhere by `..` makes the request fail',
        example: '/customers/${SystemCallerNumber}',
      },
      // Not the whole rule: calls parse old versions, too, and there such a request fails.
      isPath,
    ),
    '/',
  ),
  body: v.optional(
    json(
      {
        name: 'Body',
        about: 'JSON that is sent; `${Name}` is filled in in its texts, secrets too',
        example: '{ "account": "${Account}" }',
      },
      (value) => isBody(value),
    ),
  ),
  take: v.optional(
    list(
      { name: 'Values', entry: 'Value', about: 'Which values of the answer are kept' },
      taken,
      v.strictObject(taken, 'must be { "variable": …, "from": … }'),
      { max: 20, min: 0 },
    ),
  ),
  waitPrompt: v.optional(
    prompt({
      name: 'Wait prompt',
      about: 'What the caller hears before the request is made',
      example: 'One moment please.',
    }),
  ),
  timeoutSeconds: whole(
    { name: 'Time-out', about: 'How long each attempt waits for an answer' },
    { min: 1, max: 5, default: 2 },
  ),
  tries: whole(
    {
      name: 'Attempts',
      about: 'How many times the request is tried; all attempts together take 6 seconds at most',
    },
    { min: 1, max: 3, default: 1 },
  ),
};

type Settings = SettingsOf<typeof settings>;

/** The longest that all attempts may take. */
const mostSeconds = 6;

export const request = defineNode({
  type: 'request',
  name: 'Request',
  summary: 'Asks an HTTP service, such as a CRM, and keeps values of its answer in variables.',
  face: { group: 'decisions', icon: 'api', tone: '#4a7fb5' },
  settings,
  exits: {
    next: { name: 'Next', about: 'The service answered', required: true },
    failed: {
      name: 'Failed',
      about: 'No usable answer came; without it, `next` is taken with the defaults',
      required: false,
    },
  },
  example: {
    connection: 'crm',
    path: '/balance',
    body: { account: '${SystemCallerNumber}' },
    take: [{ variable: 'Balance', from: '/balance' }],
    waitPrompt: { text: 'One moment please.' },
    exits: { next: 'balance', failed: 'agents' },
  },

  checks: (node) => [...checkPath(node), ...checkSpan(node), ...checkBody(node)],

  sets: (node) =>
    takenIn(node).map(({ variable: name, ...rest }) => ({
      ...{ name, ...('default' in rest ? {} : { exits: ['next'] }) },
    })),
  clears: (node) => takenIn(node).map(({ variable: name }) => name),

  silences: ({ says, connected }) =>
    says('waitPrompt') ? [] : [{ exit: 'next' }, ...(connected('failed') ? [{ exit: 'failed' }] : [])],

  enter(node, turn) {
    if (node.waitPrompt !== undefined && turn.state !== said) {
      const sounds = turn.say('waitPrompt');
      if (sounds.length > 0) return again(sounds, said);
    }
    const path = fillPath(node.path, (name) => turn.value(name));
    if (path === undefined) return fail(node, turn);
    const question = {
      ask: 'request',
      connection: node.connection,
      method: node.method,
      path,
      ...(node.body === undefined || node.method === 'GET'
        ? {}
        : { body: fillBody(node.body, (name) => turn.secretValue(name)) }),
      take: (node.take ?? []).map(({ variable: name, from }) => ({ variable: name, from })),
      timeoutSeconds: node.timeoutSeconds,
      tries: node.tries,
    } as const;
    const answer = turn.answer(question);
    if (answer === undefined) return ask(question);
    if ('failed' in answer) return fail(node, turn);
    const { values } = answer;
    const set = (node.take ?? []).flatMap((each): VariableValue[] => {
      const text = Object.hasOwn(values, each.variable) ? values[each.variable] : undefined;
      return text === undefined ? defaultOf(each, turn) : [{ variable: each.variable, value: { text } }];
    });
    return go('next', { clear: takenBy(node), set });
  },
});

/** The values that an unchecked node takes, as far as their variables are named. */
function takenIn({ take }: FlowNode): { readonly variable: string }[] {
  return (Array.isArray(take) ? take : []).flatMap((each: unknown) =>
    isRecord(each) && typeof each.variable === 'string' ? [{ ...each, variable: each.variable }] : [],
  );
}

/** The state of a node whose wait prompt was heard. */
const said = 'said';

function fail(node: Settings, turn: Turn): Outcome {
  const set = (node.take ?? []).flatMap((each) => defaultOf(each, turn));
  return go(turn.connected('failed') ? 'failed' : 'next', { clear: takenBy(node), set, assumed: true });
}

/** The variables that a request takes: one that the answer lacks keeps no value of an earlier answer. */
function takenBy({ take = [] }: Settings): string[] {
  return take.map(({ variable: name }) => name);
}

function defaultOf(
  { variable: name, default: text }: { readonly variable: string; readonly default?: string | undefined },
  turn: Turn,
): VariableValue[] {
  return text === undefined ? [] : [{ variable: name, value: valueFrom(text, (each) => turn.value(each)) }];
}

function checkPath({ path }: Settings): SettingFault[] {
  if (isRequestPath(path)) return [];
  const message = 'leads out of the connection: it holds `..` or `.` behind an encoded slash (`%2F`, `%5C`)';
  return [{ rule: 'path-leaves', field: 'path', message }];
}

function checkSpan({ timeoutSeconds, tries, waitPrompt }: Settings): SettingFault[] {
  const span = timeoutSeconds * tries;
  if (span > mostSeconds) {
    const message = `times \`tries\` is ${span} seconds, and may be ${mostSeconds} at most`;
    return [{ rule: 'request-too-long', field: 'timeoutSeconds', message }];
  }
  if (span <= 2 || waitPrompt !== undefined) return [];
  const message = `is missing: the request may take ${span} seconds in silence`;
  return [{ rule: 'wait-unsaid', severity: 'warning', field: 'waitPrompt', message }];
}

function checkBody({ method, body }: Settings): SettingFault[] {
  if (method !== 'GET' || body === undefined) return [];
  return [
    {
      rule: 'body-unsent',
      field: 'body',
      message: 'is not sent with `GET`: remove it, or choose another method',
    },
  ];
}
