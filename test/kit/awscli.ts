import * as cloudformation from '@aws-sdk/client-cloudformation';
import * as dynamodb from '@aws-sdk/client-dynamodb';
import * as ssm from '@aws-sdk/client-ssm';

/** The services whose commands are known here: the CLI names operations and options as AWS's own descriptions do. */
const services: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  cloudformation,
  dynamodb,
  ssm,
};

/** Options of every command, and how many values each takes. */
const globals: Readonly<Record<string, number>> = { query: 1, output: 1, region: 1, profile: 1 };

/** A command of the AWS CLI as its words say it. */
interface AwsCommand {
  readonly service: string;
  readonly operation: string;
  /** With `wait`: what is waited for. */
  readonly waiter?: string;
  readonly options: ReadonlyMap<string, string | boolean>;
}

/** A member of an operation's input: its name and its type, as the SDK's schemas spell it. */
interface Member {
  readonly name: string;
  readonly type: unknown;
}

/** Types of the SDK's schemas: https://github.com/smithy-lang/smithy-typescript/blob/main/packages/types/src/schema/sentinels.ts. */
const types = { boolean: 2, timestamp: 4 };

/** What of a command AWS does not know; `undefined` if nothing, or if the service is none of those that are known here. */
export function awsFault(words: readonly string[]): string | undefined {
  const command = parse(words);
  if (services[command.service] === undefined) return undefined;
  const members = membersOf(command);
  if (members === undefined) return `no operation "${command.service} ${command.operation}"`;
  const unknown = [...command.options.keys()].find((name) => memberOf(members, name) === undefined);
  return unknown === undefined ? undefined : `no option "--${unknown}"`;
}

/** Runs a command by the SDK, with the environment's endpoints. Returns what `--query` asks for, else an empty text. */
export async function runAws(words: readonly string[], stdin = ''): Promise<string> {
  const command = parse(words);
  const fault = awsFault(words);
  const service = services[command.service];
  if (service === undefined || fault !== undefined)
    throw new Error(fault ?? `no service "${command.service}"`);
  const members = membersOf(command) ?? [];
  const values = [...command.options].flatMap(([name, value]) => {
    const member = memberOf(members, name);
    return member === undefined || name in globals ? [] : [[member.name, inputOf(member, value, stdin)]];
  });
  const input = Object.fromEntries(values);
  const client = clientOf(command.service);
  try {
    if (command.waiter !== undefined) {
      const wait = service[`waitUntil${pascal(command.waiter)}`] as (
        limit: object,
        input: object,
      ) => Promise<unknown>;
      await wait({ client, maxWaitTime: 5, minDelay: 0.05, maxDelay: 0.5 }, input);
      return '';
    }
    const Command = service[`${pascal(command.operation)}Command`] as new (input: object) => never;
    const answer = await client.send(new Command(input));
    const query = command.options.get('query');
    return typeof query === 'string' ? String(at(answer, query)) : '';
  } finally {
    client.destroy();
  }
}

interface AnyClient {
  send(command: never): Promise<unknown>;
  destroy(): void;
}

function clientOf(service: string): AnyClient {
  if (service === 'dynamodb') return new dynamodb.DynamoDBClient({}) as AnyClient;
  return new ssm.SSMClient({}) as AnyClient;
}

function parse([, service = '', operation = '', ...rest]: readonly string[]): AwsCommand {
  const options = new Map<string, string | boolean>();
  const waiter = operation === 'wait' ? rest.shift() : undefined;
  while (rest.length > 0) {
    const name = (rest.shift() ?? '').replace(/^--/, '');
    const value = rest[0]?.startsWith('--') === false ? rest.shift() : undefined;
    if (value === undefined && name.startsWith('no-')) options.set(name.slice(3), false);
    else options.set(name, value ?? true);
  }
  return { service, operation, ...(waiter === undefined ? {} : { waiter }), options };
}

/** The members of an operation's input; a waiter takes those of the operation that it repeats. */
function membersOf({ service, operation, waiter }: AwsCommand): Member[] | undefined {
  const known = services[service] ?? {};
  if (waiter !== undefined && known[`waitUntil${pascal(waiter)}`] === undefined) return undefined;
  const name = pascal(
    waiter === undefined ? operation : waiter.replace(/^(.+?)-(?:not-)?exists$/, 'describe-$1'),
  );
  if (known[`${name}Command`] === undefined) return undefined;
  const schema = (known[`${name}Input$`] ?? known[`${name}Request$`]) as unknown[] | undefined;
  const [names, kinds] = [(schema?.[4] ?? []) as string[], (schema?.[5] ?? []) as unknown[]];
  return names.map((each, place) => ({ name: each, type: kinds[place] }));
}

function memberOf(members: readonly Member[], option: string): Member | undefined {
  if (option in globals) return { name: option, type: undefined };
  return members.find(({ name }) => name.toLowerCase() === option.replaceAll('-', ''));
}

function inputOf({ type }: Member, value: string | boolean, stdin: string): unknown {
  if (typeof value === 'boolean' || type === types.boolean) return value !== false && value !== 'false';
  if (type === types.timestamp) return new Date(value);
  if (value === 'file:///dev/stdin') return stdin;
  return typeof type === 'number' ? value : shorthand(value);
}

/** `Enabled=true,AttributeName=expiresAt`, the short form of a structure. */
function shorthand(text: string): unknown {
  const pairs = text.split(',').map((pair) => pair.split('='));
  return Object.fromEntries(
    pairs.map(([name, value]) => [name, value === 'true' || (value !== 'false' && value)]),
  );
}

function at(value: unknown, path: string): unknown {
  return path.split('.').reduce((found, name) => Object(found)[name], value);
}

function pascal(name: string): string {
  return name.replaceAll(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
