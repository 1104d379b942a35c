import { readFileSync } from 'node:fs';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { parse } from 'yaml';
import type { Table } from '../../lib/store/table/table.ts';

/** A statement of a policy, as far as the roles of `serverless.yml` use the language. */
export interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

interface Template {
  readonly custom: { readonly writes: Readonly<Record<string, readonly string[]>> };
  readonly resources: {
    readonly Resources: Readonly<
      Record<
        string,
        {
          readonly Properties: {
            readonly Policies: readonly { PolicyDocument: { Statement: Statement[] } }[];
          };
        }
      >
    >;
  };
}

const source = readFileSync(new URL('../../serverless.yml', import.meta.url), 'utf8');
// The roles' statements hold no short form of CloudFormation that matters here.
const template = parse(source, { logLevel: 'silent' }) as Template;

/** The partitions that each role writes, as `serverless.yml` lists them. */
export const { writes } = template.custom;

/** Every request that a role refused in this process: none, unless a test means it. */
export const refusals: string[] = [];

/**
 * The table for a function of the stack: what the function's role does not allow is refused, as IAM would. The embedded
 * DynamoDB knows no roles.
 */
export function underRole(table: Table, role: string): Table {
  const statements = statementsOf(role);
  const client = new Proxy(table.client, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (name !== 'send' || typeof value !== 'function') return value;
      return (...args: Parameters<DynamoDBClient['send']>) => {
        const [command] = args;
        const action = `dynamodb:${command.constructor.name.replace(/Command$/, '')}`;
        const keys = partitionsOf(command.input);
        if (!isAllowed(statements, action, keys)) {
          const refusal = `${role} is not authorized to perform ${action} on ${keys.join(', ')}`;
          refusals.push(refusal);
          return Promise.reject(Object.assign(new Error(refusal), { name: 'AccessDeniedException' }));
        }
        return Reflect.apply(value, target, args);
      };
    },
  });
  return { name: table.name, client };
}

/** The statements of a role, with the list of its writes put in. */
export function statementsOf(role: string): readonly Statement[] {
  const policies = template.resources.Resources[role]?.Properties.Policies ?? [];
  const text = JSON.stringify(policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement));
  return JSON.parse(
    text.replaceAll(/"\$\{self:custom\.writes\.(\w+)\}"/g, (_, name) => JSON.stringify(writes[name])),
  );
}

/** Whether statements allow an action on these partitions: one allows it, and none denies it. */
export function isAllowed(
  statements: readonly Statement[],
  action: string,
  partitions: readonly string[],
): boolean {
  const fitting = statements.filter(
    ({ Action, Condition = {} }) =>
      [Action].flat().includes(action) &&
      Object.entries(Condition).every(([operator, values]) => holds(operator, values, partitions)),
  );
  return (
    fitting.some(({ Effect }) => Effect === 'Allow') && fitting.every(({ Effect }) => Effect === 'Allow')
  );
}

function holds(
  operator: string,
  values: Readonly<Record<string, string | readonly string[]>>,
  partitions: readonly string[],
): boolean {
  const { 'dynamodb:LeadingKeys': patterns, ...others } = values;
  const [scope, comparison] = operator.split(':');
  if (
    patterns === undefined ||
    Object.keys(others).length > 0 ||
    !/^String(Like|Equals)$/.test(comparison ?? '')
  )
    throw new Error(`test/kit/iam.ts does not know the condition ${operator}: teach it.`);
  const fits = (partition: string) => [patterns].flat().some((pattern) => isLike(partition, pattern));
  return scope === 'ForAllValues' ? partitions.every(fits) : partitions.some(fits);
}

function isLike(text: string, pattern: string): boolean {
  return pattern.endsWith('*') ? text.startsWith(pattern.slice(0, -1)) : text === pattern;
}

/** The partitions that a request names: what DynamoDB hands to IAM as its leading keys. */
function partitionsOf(input: object): string[] {
  const { Key, Item, RequestItems = {}, ExpressionAttributeValues = {} } = input as Asked;
  const asked = ExpressionAttributeValues[':pk'];
  if (Key === undefined && Item === undefined && asked !== undefined) return [asked.S ?? ''];
  const batched = Object.values(RequestItems).flatMap((each): readonly (Row | undefined)[] =>
    'Keys' in each
      ? each.Keys
      : each.map(({ PutRequest, DeleteRequest }) => PutRequest?.Item ?? DeleteRequest?.Key),
  );
  return [...(Key === undefined && Item === undefined ? batched : [Key ?? Item])].map(
    (row) => row?.pk?.S ?? '',
  );
}

type Row = Readonly<Record<string, { readonly S?: string }>>;

interface Batched {
  readonly PutRequest?: { readonly Item?: Row };
  readonly DeleteRequest?: { readonly Key?: Row };
}

/** What of requests to DynamoDB names partitions. */
interface Asked {
  readonly Key?: Row;
  readonly Item?: Row;
  readonly ExpressionAttributeValues?: Row;
  readonly RequestItems?: Readonly<Record<string, { readonly Keys: readonly Row[] } | readonly Batched[]>>;
}
