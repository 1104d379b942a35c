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

interface Job {
  readonly needs?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const workflows = readdirSync(folder).map((name) => {
  const text = readFileSync(join(folder, name), 'utf8');
  return { name, text, workflow: parse(text) as Workflow };
});

const commandsOf = ({ steps }: Job) => steps.flatMap(({ run }) => run ?? []);

describe.each(workflows)('$name', ({ text, workflow }) => {
  const jobs = Object.values(workflow.jobs);

  test('reads the code, and nothing more; a job that signs in to AWS says so itself', () => {
    expect(workflow.permissions).toEqual({ contents: 'read' });
    const signing = { contents: 'read', 'id-token': 'write' };
    for (const { permissions, steps } of jobs) {
      const signs = steps.some(({ uses = '' }) => uses.startsWith('aws-actions/'));
      expect(permissions).toEqual(signs ? signing : undefined);
    }
  });

  test('takes the very commits of actions, each with its version beside it', () => {
    const actions = Array.from(text.matchAll(/uses: (.*)/g), ([, action = '']) => action);
    expect(actions.length).toBeGreaterThan(2);
    for (const action of actions) expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  test('runs what a developer runs, and puts no input into a command line', () => {
    expect(commandsOf(workflow.jobs.test as Job)).toEqual(['npm ci', 'npm test']);
    for (const job of jobs) expect(commandsOf(job).join('\n')).not.toContain('${{');
  });
});

const byName = (name: string) => workflows.find((each) => each.name === name)?.workflow as Workflow;

test('nothing that can sign in to AWS runs a test, or a script of a package that is installed', () => {
  const signing = workflows
    .flatMap(({ workflow }) => Object.values(workflow.jobs))
    .filter(({ permissions }) => permissions?.['id-token'] !== undefined);
  expect(signing).toEqual([byName('deploy.yml').jobs.deploy]);
  expect(signing[0]?.needs).toBe('test');
  expect(signing.flatMap(commandsOf)).toEqual([
    'npm ci --ignore-scripts',
    'npm run deploy -- --stage "$STAGE"',
  ]);
  // A cache that an earlier job could fill would bring its files in.
  expect(JSON.stringify(signing)).not.toContain('"cache"');
});

test('the packaged templates are checked by cfn-lint', () => {
  const { template } = byName('ci.yml').jobs;
  const [, packaged, linted] = commandsOf(template as Job);
  expect(packaged).toBe('npm run package');
  expect(linted).toMatch(
    /^pipx run --spec cfn-lint==\d+\.\d+\.\d+ cfn-lint --ignore-checks W3005 --regions /,
  );
  for (const name of ['create', 'update'])
    expect(linted).toContain(`.serverless/cloudformation-template-${name}-stack.json`);
});

test('Dependabot watches what the project is made of and what its workflows run', () => {
  const { updates } = parse(readFileSync(join(root, '.github', 'dependabot.yml'), 'utf8')) as {
    updates: readonly Readonly<Record<string, string>>[];
  };
  expect(updates.map((each) => each['package-ecosystem'])).toEqual(['github-actions', 'npm']);
});

test('the deployment sets every variable that the template reads', () => {
  const steps = Object.values(byName('deploy.yml').jobs).flatMap((job) => job.steps);
  const variables = steps.flatMap(({ env = {} }) => Object.keys(env));
  const template = readFileSync(join(root, 'serverless.yml'), 'utf8');
  const read = Array.from(template.matchAll(/\$\{.*?env:(\w+)/g), ([, variable = '']) => variable);
  // The region comes with the credentials, and the protection with the command.
  const elsewhere = ['AWS_REGION', 'DELETION_PROTECTION'];
  expect(read).toEqual(expect.arrayContaining(elsewhere));
  expect(new Set(read)).toEqual(new Set([...variables.filter((name) => name !== 'STAGE'), ...elsewhere]));
});
