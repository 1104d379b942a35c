import * as v from 'valibot';
import { type Detail, Failure } from '../errors.ts';
import { usualLimit } from '../store/table/page.ts';

/** A whole number in a range. */
export function count(least: number, most: number) {
  const rule = `must be a whole number from ${least} to ${most}`;
  return v.pipe(v.number(rule), v.integer(rule), v.minValue(least, rule), v.maxValue(most, rule));
}

/** A whole number that stands in a path or a query. */
export function counted(least: number, most: number) {
  const digits = v.regex(/^[0-9]{1,15}$/, `must be a whole number from ${least} to ${most}`);
  return v.pipe(v.string(), digits, v.transform(Number), count(least, most));
}

/** A page of a list, as a request asks for it. */
export const paging = {
  limit: v.exactOptional(
    v.pipe(counted(1, 100), v.description(`How many entries at most; ${usualLimit} where it is left out`)),
  ),
  // The list itself knows its cursors.
  after: v.exactOptional(v.pipe(v.string(), v.description('The `next` of the page before'))),
};

/** A page of a list, as it is answered. */
export function pageOf<Entry extends v.GenericSchema>(entry: Entry) {
  return v.object({
    items: v.array(entry),
    next: v.exactOptional(v.pipe(v.string(), v.description('There is more: give it as `after`'))),
  });
}

/** What a schema read in a part of a request. Throws `bad-input` with a problem for each field that is wrong. */
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

/** One field of an input that is wrong, in words. */
export function wrong(field: string, message: string): Failure {
  const problem = { rule: 'bad-value', severity: 'error', field, message: `\`${field}\` ${message}.` };
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

/** The schema library tells a missing or an unknown field of an object by what it had expected there. */
function told({ type, kind, expected, message }: v.BaseIssue<unknown>): { rule: string; said: string } {
  if (type === 'strict_object' || type === 'object') {
    return expected === 'never'
      ? { rule: 'unknown', said: 'is not known here: remove it' }
      : { rule: 'missing', said: 'is missing' };
  }
  return { rule: kind === 'schema' ? 'shape' : 'bad-value', said: message };
}
