import fc from 'fast-check';

/** A JSON Schema, as far as the description of the API uses the language. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly pattern?: string;
  readonly format?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: Schema;
  readonly prefixItems?: readonly Schema[];
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly propertyNames?: Schema;
}

/** The values of schemas that were asked for: many operations refer to the same, and making those of a text takes long. */
const known = new WeakMap<Schema, fc.Arbitrary<unknown>>();

/** Values of a schema; `refer` finds what `$ref` names. Few are large: what is found is found in small ones. */
export function valuesOf(schema: Schema, refer: (name: string) => Schema): fc.Arbitrary<unknown> {
  const values = known.get(schema) ?? makeValues(schema, (each) => valuesOf(each, refer), refer);
  known.set(schema, values);
  return values;
}

function makeValues(
  schema: Schema,
  of: (each: Schema) => fc.Arbitrary<unknown>,
  refer: (name: string) => Schema,
): fc.Arbitrary<unknown> {
  if (schema.$ref !== undefined) return of(refer(schema.$ref));
  if ('const' in schema) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return fc.oneof(...choices.map(of));
  switch (schema.type) {
    case 'string':
      return textsOf(schema);
    case 'integer':
    case 'number':
      return fc.integer({ min: schema.minimum ?? -1_000_000, max: schema.maximum ?? 1_000_000 });
    case 'boolean':
      return fc.boolean();
    case 'array':
      return schema.prefixItems === undefined
        ? fc.array(of(schema.items ?? {}), { maxLength: Math.min(schema.maxItems ?? 3, 3) })
        : fc.tuple(...schema.prefixItems.map(of));
    case 'object':
      return objectsOf(schema, of);
    default:
      return fc.jsonValue({ maxDepth: 1 });
  }
}

function textsOf({ pattern, format, minLength = 0, maxLength = 200 }: Schema): fc.Arbitrary<string> {
  if (format === 'date-time') return fc.date({ noInvalidDate: true }).map((date) => date.toISOString());
  if (pattern === undefined)
    return fc.string({ minLength, maxLength: Math.min(maxLength, 200), unit: 'grapheme' });
  // The library cannot make texts of patterns that look ahead; so they are made without that, and tried.
  const loose = pattern.replaceAll(/\(\?=[^()]*\)/g, '');
  const whole = new RegExp(pattern, 'u');
  return fc
    .stringMatching(new RegExp(loose, 'u'), { size: 'small' })
    .filter((text) => Array.from(text).length <= maxLength && whole.test(text));
}

function objectsOf(schema: Schema, of: (each: Schema) => fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const { properties = {}, required = [], additionalProperties: more, propertyNames } = schema;
  const named = fc.record(
    Object.fromEntries(Object.entries(properties).map(([name, each]) => [name, of(each)])),
    { requiredKeys: [...required] },
  );
  if (typeof more !== 'object') return named;
  const names = of({ type: 'string', ...propertyNames }) as fc.Arbitrary<string>;
  return fc
    .tuple(fc.dictionary(names, of(more), { maxKeys: 3 }), named)
    .map(([one, other]) => ({ ...one, ...other }));
}
