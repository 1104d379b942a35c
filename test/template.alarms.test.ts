import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { units } from '../lib/metrics.ts';
import { makePackage, type Package, type Resource } from './kit/package.ts';

let made: Package;
beforeAll(async () => {
  made = await makePackage();
}, 60_000);

/** The resources of a type, each with its logical id. */
function ofType(type: string): [string, Resource][] {
  return Object.entries(made.resources).filter(([, { Type }]) => Type === type);
}

test('every alarm tells the same topic, and has nothing to say about a stage without calls', () => {
  const alarms = ofType('AWS::CloudWatch::Alarm');
  expect(alarms.length).toBeGreaterThan(5);
  for (const [id, { Properties }] of alarms) {
    const { AlarmActions, OKActions, TreatMissingData, AlarmName, AlarmDescription } = Properties;
    expect([AlarmActions, OKActions], id).toEqual([[{ Ref: 'Alarms' }], [{ Ref: 'Alarms' }]]);
    expect(TreatMissingData, id).toBe('notBreaching');
    expect([AlarmName, AlarmDescription], id).toEqual([
      expect.stringMatching(/^branchline-dev-[a-z-]+$/),
      expect.stringMatching(/^[A-Z].+\.$/),
    ]);
  }
});

test('there is one dashboard, whose body CloudWatch can read', () => {
  const [[, dashboard] = [], ...more] = ofType('AWS::CloudWatch::Dashboard');
  expect(more).toEqual([]);
  const { DashboardBody } = dashboard?.Properties ?? {};
  const body = String(Object(DashboardBody)['Fn::Sub']);
  const { widgets } = JSON.parse(body) as { widgets: { properties: { metrics: unknown[] } }[] };
  expect(widgets.length).toBeGreaterThan(5);
  for (const { properties } of widgets) expect(properties.metrics.length).toBeGreaterThan(0);
  const named = [...body.matchAll(/\$\{(\w+)\}/g)].flatMap(([, id = '']) => id);
  expect(named.filter((id) => made.resources[id] === undefined)).toEqual([]);
});

test('serverless.yml shows and watches only what is measured, and shows all of it', () => {
  const text = readFileSync(new URL('../serverless.yml', import.meta.url), 'utf8');
  const shown = [...text.matchAll(/\["Branchline", "(\w+)"/g)].map(([, name]) => name);
  const watched = [...text.matchAll(/Namespace: Branchline,? *\n? *MetricName: (\w+)/g)].map(
    ([, name]) => name,
  );
  expect(new Set([...shown, 'Errors'])).toEqual(new Set(Object.keys(units)));
  expect(watched).toEqual(['Apologies', 'Calls', 'ResponseMs', 'Errors', 'RefusedRings']);
});

test('an alarm tells that the carrier signs with another token, from the first calls on', () => {
  const filters = ofType('AWS::Logs::MetricFilter').map(([, { Properties }]) => Properties);
  const metrics = filters.map(({ MetricTransformations }) => Object(MetricTransformations)[0]);
  for (const { LogGroupName } of filters) expect(LogGroupName).toEqual({ Ref: 'HttpApiLogGroup' });
  // In a time with requests of any kind both have a value, so that the alarm can compare them.
  expect(metrics.map(({ DefaultValue }) => DefaultValue)).toEqual([0, 0]);
  const { Metrics } = made.resources.UnsignedAlarm?.Properties ?? {};
  const [rate, ...compared] = Metrics as { Expression?: string; MetricStat?: { Metric: object } }[];
  expect(rate?.Expression).toBe('IF(answered == 0, refused, 0)');
  expect(compared.map(({ MetricStat }) => MetricStat?.Metric)).toEqual(
    metrics.map(({ MetricNamespace, MetricName }) => ({ Namespace: MetricNamespace, MetricName })),
  );
});

test('the docs count the alarms as they are, and what they cost', () => {
  const alarms = ofType('AWS::CloudWatch::Alarm').map(([, { Properties }]) => Properties);
  const watched = alarms.flatMap(({ Metrics = [{ MetricStat: {} }] }) =>
    (Metrics as { MetricStat?: object }[]).filter(({ MetricStat }) => MetricStat !== undefined),
  );
  const page = readFileSync(new URL('../docs/deploy.md', import.meta.url), 'utf8');
  expect(alarms.length).toBe(10);
  expect(page).toContain('Ten alarms watch');
  expect(page).toContain(`the ten alarms on AWS, ${(watched.length / 10).toFixed(2)},`);
});
