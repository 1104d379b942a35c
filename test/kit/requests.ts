import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';

/** What Twilio's OpenAPI document says of one operation. */
interface Operation {
  readonly query: Readonly<Record<string, object>>;
  readonly form?: { readonly properties: Readonly<Record<string, { readonly type?: string }>> };
}

interface Api {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

const file = new URL('../vectors/twilio-api.json', import.meta.url);
const { paths } = JSON.parse(readFileSync(file, 'utf8')) as Api;

// Values come as texts; the document's own names of formats that JSON Schema does not have.
const ajv = new Ajv({ coerceTypes: true, allErrors: true, strictRequired: false });
const formats: Readonly<Record<string, true | ((value: string) => boolean)>> = {
  uri: (value) => URL.canParse(value),
  endpoint: (value) => /^(\+?\d+|(sips?|client):\S+)$/.test(value),
  'phone-number': (value) => /^\+\d+$/.test(value),
  'http-method': true,
  int64: true,
  twiml: true,
};
for (const [name, format] of Object.entries(formats)) ajv.addFormat(name, format);

/** Compiles a schema when it is first asked for: most processes send requests of a few operations only. */
function closed(schema: object): () => ValidateFunction {
  let compiled: ValidateFunction | undefined;
  return () => {
    compiled ??= ajv.compile({ type: 'object', ...schema, additionalProperties: false });
    return compiled;
  };
}

/** The operations, each with what recognises its path. An id in a path may be any: tests have short ones. */
const operations = Object.entries(paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, { query, form }]) => ({
    method,
    path: new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`),
    lists: Object.entries(form?.properties ?? {}).flatMap(([name, { type }]) =>
      type === 'array' ? [name] : [],
    ),
    takesQuery: closed({ properties: query }),
    takesForm: closed(form ?? {}),
  })),
);

/**
 * Every way in which a request to the carrier's REST API leaves Twilio's own OpenAPI document, as sentences; none for a good
 * one. Fields that the document does not name are refused.
 */
export function faultsOfRequest(method: string, url: string, form: URLSearchParams): string[] {
  const { pathname, searchParams } = new URL(url, 'http://carrier');
  const operation = operations.find((each) => each.method === method && each.path.test(pathname));
  if (operation === undefined) return [`${method} ${pathname} is no operation`];
  const { takesQuery, takesForm, lists } = operation;
  return [
    ...faultsOfFields(`${method} ${pathname}, query`, searchParams, [], takesQuery()),
    ...faultsOfFields(`${method} ${pathname}, form`, form, lists, takesForm()),
  ];
}

function faultsOfFields(
  where: string,
  given: URLSearchParams,
  lists: readonly string[],
  takes: ValidateFunction,
): string[] {
  const names = [...new Set(given.keys())];
  const fields = Object.fromEntries(
    names.map((name) => [name, lists.includes(name) ? given.getAll(name) : given.get(name)]),
  );
  const repeated = names.filter((name) => !lists.includes(name) && given.getAll(name).length > 1);
  const wrong = takes(fields) ? [] : (takes.errors ?? []);
  return [
    ...repeated.map((name) => `${where}: ${name} stands twice`),
    ...wrong.map(({ instancePath, message, params }) => {
      const name = instancePath.slice(1) || params.additionalProperty || params.missingProperty;
      return `${where}: ${name} ${message}`;
    }),
  ];
}
