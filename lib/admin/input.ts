import * as v from 'valibot';
import { type Detail, Failure } from '../errors.ts';
import { usualLimit } from '../store/table/page.ts';

/** A whole number in a range. */
export function count(min: number, max: number) {
  const rule = `must be a whole number from ${min} to ${max}`;
  return v.pipe(v.number(rule), v.integer(rule), v.minValue(min, rule), v.maxValue(max, rule));
}

/** A whole number in a path or a query. */
export function counted(min: number, max: number) {
  const digits = v.regex(/^[0-9]{1,15}$/, `must be a whole number from ${min} to ${max}`);
  return v.pipe(v.string(), digits, v.transform(Number), count(min, max));
}

/** Whether a day such as `2026-10-01` exists: `Date` reads February 30 as March 2. */
export function isDay(day: string): boolean {
  const time = new Date(day);
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(day);
}

/** The query of a list: which page. */
export const paging = {
  limit: v.exactOptional(
    v.pipe(counted(1, 100), v.description(`How many entries at most; ${usualLimit} if it is left out`)),
  ),
  // The list itself checks its cursor.
  after: v.exactOptional(v.pipe(v.string(), v.description('The `next` of the page before'))),
};

/** A schema of objects that refuses lists: the schema library takes a list for an object without fields. */
export function noList<Schema extends v.GenericSchema>(schema: Schema): Schema {
  return {
    ...schema,
    '~run': ((dataset, config) =>
      schema['~run'](
        Array.isArray(dataset.value) ? { value: null } : dataset,
        config,
      )) satisfies v.GenericSchema['~run'],
  };
}

/** The answer of a list: one page. */
export function pageOf<Entry extends v.GenericSchema>(entry: Entry) {
  return v.object({
    items: v.array(entry),
    next: v.exactOptional(v.pipe(v.string(), v.description('There is more: give it as `after`'))),
  });
}

/** Parses a part of a request with a schema. Throws `bad-input` with a problem for each wrong field. */
export function refuseMisshapen<Schema extends v.GenericSchema>(
  result: v.SafeParseResult<Schema>,
  part: 'path' | 'query' | 'body',
): v.InferOutput<Schema> {
  if (result.success) return result.output;
  const problems = result.issues.map(problemOf);
  const fields = problems.flatMap(({ field }) => (field === undefined ? [] : [`\`${field}\``]));
  const which = fields.length === 0 ? '' : `: look at ${[...new Set(fields)].join(', ')}`;
  throw new Failure('bad-input', `The ${part} has the wrong shape${which}.`, problems);
}

/** The error `bad-input` for one field, with the rule that its value breaks. */
export function wrong(field: string, message: string, rule = 'bad-value'): Failure {
  const problem = { rule, severity: 'error', field, message: `\`${field}\` ${message}.` };
  return new Failure('bad-input', problem.message, [problem]);
}

function problemOf(issue: v.BaseIssue<unknown>): Detail {
  const field = v.getDotPath(issue);
  if (field === null) {
    return { rule: 'shape', severity: 'error', message: 'The body must be a JSON object.' };
  }
  const { rule, said } = told(issue);
  return { rule, severity: 'error', field, message: `\`${field}\` ${said}.` };
}

/** The rule and message of an issue. A missing or an unknown field can be told only by the `expected` of the issue. */
function told({ type, kind, expected, message }: v.BaseIssue<unknown>): { rule: string; said: string } {
  if ((type === 'strict_object' || type === 'object') && expected !== 'Object') {
    return expected === 'never'
      ? { rule: 'unknown', said: 'is not known here: remove it' }
      : { rule: 'missing', said: 'is missing' };
  }
  return { rule: kind === 'schema' ? 'shape' : 'bad-value', said: message };
}
