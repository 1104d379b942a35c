import { usesOf } from '../../../lib/engine/uses.ts';
import type { Flow } from '../../../lib/flow/flow.ts';
import { answerWith, type Taken } from '../../../lib/flow/request.ts';
import type { Resource } from '../../../lib/flow/uses.ts';
import type { FindFlow, Known } from '../../../lib/proof/known.ts';

/** What the test phone knows, in the words of call scripts: `available sales` → `no`. */
export type Facts = Readonly<Record<string, string>>;

/** The kinds of facts that can be set by hand, with the resource that they are about and the values to choose from. */
export const factKinds = {
  available: { resource: 'groups', values: ['yes', 'no', '3 waiting'] },
  schedule: { resource: 'schedules', values: ['open', 'closed', 'holiday'] },
  request: { resource: 'connections', values: undefined },
  message: { resource: undefined, values: ['sent', 'failed'] },
  flow: { resource: 'flows', values: ['live', 'missing'] },
} as const satisfies Readonly<
  Record<string, { resource: Resource | undefined; values: readonly string[] | undefined }>
>;

/** A kind of fact. */
export type FactKind = keyof typeof factKinds;

/** A fact with its parts: what kind it is, and the id it is about. */
export interface NamedFact {
  readonly name: string;
  readonly kind: FactKind;
  readonly about?: string;
}

/** The parts of a fact's name; `undefined` if it cannot be set. */
function namedFact(name: string): NamedFact | undefined {
  const [kind = '', about] = name.split(' ');
  if (!isKind(kind)) return undefined;
  return { name, kind, ...(about === undefined ? {} : { about }) };
}

function isKind(word: string): word is FactKind {
  return Object.hasOwn(factKinds, word);
}

/** The facts that a call of these flows may ask for, and those that this one has asked for. */
export function factsOf(flows: readonly Flow[], asked: readonly string[]): NamedFact[] {
  const names = flows.flatMap((flow) => {
    const uses = usesOf(flow);
    return Object.entries(factKinds).flatMap(([kind, { resource }]) =>
      (resource === undefined ? [] : (uses[resource] ?? [])).map((id) => `${kind} ${id}`),
    );
  });
  return [...new Set([...names, ...asked])].flatMap((name) => namedFact(name) ?? []);
}

/** What holds if nothing was set by hand: callers are served, and services answer. */
export function usualValue(
  { name, kind, about = '' }: NamedFact,
  flows: readonly Flow[],
  find: FindFlow,
): string {
  if (kind === 'flow') return find(about) === undefined ? 'missing' : 'live';
  if (kind === 'request') return `200 ${usualAnswer(name, flows)}`;
  return { available: 'yes', schedule: 'open', message: 'sent' }[kind];
}

/** An answer of a service that holds each value that a request takes out of it. */
function usualAnswer(fact: string, flows: readonly Flow[]): string {
  const taken = flows
    .flatMap(({ nodes }) => Object.values(nodes))
    .filter(({ connection }) => `request ${connection}` === fact)
    .flatMap(({ take }) => (Array.isArray(take) ? (take as readonly Partial<Taken>[]) : []));
  return answerWith(taken.flatMap(({ from }) => (typeof from === 'string' ? [{ from, value: '1' }] : [])));
}

/** All facts of a call: those set by hand, and for the others what usually holds. */
export function knownFrom(facts: Facts, flows: readonly Flow[], find: FindFlow): Known {
  return new KnownWithDefaults(facts, flows, find);
}

/** What is known, with an answer to every fact. */
class KnownWithDefaults extends Map<string, string> {
  private readonly flows: readonly Flow[];
  private readonly find: FindFlow;

  constructor(facts: Facts, flows: readonly Flow[], find: FindFlow) {
    super(Object.entries(facts));
    this.flows = flows;
    this.find = find;
  }

  override get(name: string): string | undefined {
    const fact = namedFact(name);
    return super.get(name) ?? (fact === undefined ? undefined : usualValue(fact, this.flows, this.find));
  }
}
