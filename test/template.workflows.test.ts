import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';

const root = resolve(import.meta.dirname, '..');
const folder = join(root, '.github', 'workflows');

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}

interface Workflow {
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<
    Record<string, { readonly permissions?: unknown; readonly steps: readonly Step[] }>
  >;
}

const workflows = readdirSync(folder).map((name) => ({
  name,
  workflow: parse(readFileSync(join(folder, name), 'utf8')) as Workflow,
}));

describe.each(workflows)('$name', ({ name, workflow }) => {
  const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);

  test('may read the code, and nothing more but to say who it is when it deploys', () => {
    const deploys = name === 'deploy.yml' ? { 'id-token': 'write' } : {};
    expect(workflow.permissions).toEqual({ contents: 'read', ...deploys });
    expect(Object.values(workflow.jobs).map(({ permissions }) => permissions)).toEqual(
      Object.values(workflow.jobs).map(() => undefined),
    );
  });

  test('takes actions of one major version each', () => {
    const actions = steps.flatMap(({ uses }) => uses ?? []);
    expect(actions).toContain('actions/checkout@v5');
    expect(actions.filter((action) => !/^[\w-]+\/[\w-]+@v\d+$/.test(action))).toEqual([]);
  });

  test('runs what a developer runs, and puts no input into a command line', () => {
    const commands = steps.flatMap(({ run }) => run ?? []);
    expect(commands.slice(0, 2)).toEqual(['npm ci', 'npm test']);
    expect(commands.join('\n')).not.toContain('${{');
  });
});

test('the deployment sets every variable that the template reads', () => {
  const { workflow } = workflows.find(({ name }) => name === 'deploy.yml') ?? {};
  const steps = Object.values(workflow?.jobs ?? {}).flatMap((job) => job.steps);
  const variables = steps.flatMap(({ env = {} }) => Object.keys(env));
  const template = readFileSync(join(root, 'serverless.yml'), 'utf8');
  const read = Array.from(template.matchAll(/\$\{.*?env:(\w+)/g), ([, variable = '']) => variable);
  // The region comes with the credentials.
  expect(read).toContain('AWS_REGION');
  expect(new Set(read)).toEqual(new Set([...variables.filter((name) => name !== 'STAGE'), 'AWS_REGION']));
});
