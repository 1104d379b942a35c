import { join, resolve } from 'node:path';
import { loadTemplate, type Template } from '../../local/aws/template.ts';

let loaded: Template | undefined;

/** The routes and the tables of `serverless.yml`. Most test files need them, so a process reads the file once. */
export function projectTemplate(): Template {
  loaded ??= loadTemplate(join(resolve(import.meta.dirname, '../..'), 'serverless.yml'));
  return loaded;
}

/** The properties of the table in `serverless.yml`. */
export function tableProperties(): Readonly<Record<string, unknown>> {
  const { Table } = projectTemplate().tables;
  if (Table === undefined) throw new Error('serverless.yml has no table.');
  return Table;
}
