import { describe, expect, test } from 'vitest';
import { createReport, openLog } from '../lib/log.ts';
import { createMeasure, measureNothing } from '../lib/metrics.ts';
import { setUpCentre } from './kit/centre.ts';
import { crashAfter } from './kit/table.ts';
import { setUpVoice } from './kit/voice.ts';
import { actionOf, call, hear } from './kit/webhook.ts';

const at = new Date('2026-01-01T00:00:00.000Z');

test('a measured value is one line in the embedded metric format, divided by the stage', () => {
  const lines: string[] = [];
  const needs = { namespace: 'Branchline', stage: 'prod', now: () => at };
  createMeasure({ ...needs, write: (line) => lines.push(line) })(
    { Steps: 1, ResponseMs: 4.2 },
    { callSid: 'CA1' },
  );
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    {
      ...{ level: 'info', at: at.toISOString(), callSid: 'CA1', stage: 'prod', Steps: 1, ResponseMs: 4.2 },
      _aws: {
        Timestamp: at.getTime(),
        CloudWatchMetrics: [
          {
            Namespace: 'Branchline',
            Dimensions: [['stage']],
            Metrics: [
              { Name: 'Steps', Unit: 'Count' },
              { Name: 'ResponseMs', Unit: 'Milliseconds' },
            ],
          },
        ],
      },
    },
  ]);
});

test('an error is counted by its code as well, and without a namespace nothing is counted', () => {
  const lines: string[] = [];
  const write = (line: string) => lines.push(line);
  const error = Object.assign(new Error('odd'), { code: 'ECONNREFUSED' });
  openLog({ namespace: 'Branchline', stage: 'dev' }, { write, now: () => at }).report(error, {
    callSid: 'CA1',
  });
  const [line, counted] = lines.splice(0).map((each) => JSON.parse(each));
  expect(line).toMatchObject({ level: 'error', code: 'ECONNREFUSED', callSid: 'CA1' });
  expect(counted).toMatchObject({ Errors: 1, code: 'ECONNREFUSED', callSid: 'CA1' });
  expect(counted._aws.CloudWatchMetrics[0].Dimensions).toEqual([['stage'], ['stage', 'code']]);
  openLog({ stage: 'dev' }, { write, now: () => at }).report(error);
  createReport({ write, now: () => at, measure: measureNothing })(error);
  expect(lines).toHaveLength(2);
});

describe('a call', () => {
  const { load, lines } = setUpVoice();
  const measured = () =>
    lines()
      .map((line) => JSON.parse(line))
      .filter((line) => '_aws' in line);

  test('is found by the id of the carrier, with flow, version, node and step', async () => {
    const handler = await load({ METRICS_NAMESPACE: 'Branchline', STAGE: 'test' });
    const action = actionOf(await hear(handler, '/voice/incoming'));
    await hear(handler, action, { ...call, Digits: '1' });
    const [first, second, ...more] = measured();
    expect(more).toEqual([]);
    const common = { path: '/voice/incoming', callSid: call.CallSid, requestId: 'request', stage: 'test' };
    expect(first).toMatchObject({ ...common, Calls: 1, Steps: 1, ResponseMs: expect.any(Number) });
    expect(second).toMatchObject({
      ...{ ...common, path: '/voice/step', Steps: 1 },
      ...{ flow: 'phone-experience', version: 1, node: 'menu', step: 1 },
    });
    expect(second).not.toHaveProperty('Calls');
    expect(JSON.stringify(measured())).not.toContain('5550123');
  });

  test('that hears the apology is counted, and its error says where it stood', async () => {
    const handler = await load({ METRICS_NAMESPACE: 'Branchline', STAGE: 'test' });
    const action = actionOf(await hear(handler, '/voice/incoming'));
    await hear(handler, action.replace('version=1', 'version=77'), { ...call, Digits: '1' });
    const error = lines()
      .map((line) => JSON.parse(line))
      .find(({ level }) => level === 'error');
    expect(error).toMatchObject({
      code: 'unknown-version',
      callSid: call.CallSid,
      flow: 'phone-experience',
      version: 77,
      node: 'menu',
      step: 1,
    });
    expect(measured().filter(({ Apologies }) => Apologies)).toMatchObject([
      { callSid: call.CallSid, trouble: 'unknown-version' },
    ]);
    expect(measured().filter(({ Errors }) => Errors)).toMatchObject([{ code: 'unknown-version' }]);
    expect(measured().at(-1)).not.toHaveProperty('Steps');
  });
});

describe('a queue', () => {
  const centre = setUpCentre();
  const { caller, leg, sums } = centre;
  const open = async () => {
    await centre.group({ id: 'sales' });
    await centre.online('sales', ['1001', 'client:ann']);
    return caller('CA1');
  };

  test('measures how long a caller waits who is answered, once however often the webhook comes', async () => {
    const one = await open();
    await one.wait();
    centre.pass(25);
    await leg(0).answer();
    await leg(0).meet(one);
    await leg(0).meet(one);
    expect(sums).toMatchObject({ Answered: 1, TimeToAnswer: 25, QueueWait: 25, AnsweredWithin180s: 1 });
    expect(sums).not.toHaveProperty('AnsweredWithin20s');
    await one.leave('bridged');
    expect(sums).toMatchObject({ QueueWait: 25 });
    expect(sums).not.toHaveProperty('Abandoned');
  });

  test('measures who hangs up while they wait, by the action or by the end of the call, not twice', async () => {
    const one = await open();
    await one.wait();
    centre.pass(30);
    await one.leave('hangup', { CallStatus: 'completed' });
    await one.hangUp();
    expect(sums).toMatchObject({ Abandoned: 1, QueueWait: 30 });
  });

  test('measures rings that the agent missed, and those that the carrier refused', async () => {
    const one = await open();
    await one.wait();
    await leg(0).status('no-answer');
    expect(sums).toMatchObject({ Missed: 1 });
    centre.account().rings.push({ status: 401, body: { code: 20003 } });
    await one.wait();
    expect(sums).toMatchObject({ Missed: 1, RefusedRings: 1 });
  });

  test('measures the apology that an agent hears, and its error names leg and call', async () => {
    const one = await open();
    await one.wait();
    const trouble = crashAfter(centre.table(), 0);
    const handler = centre.handler(trouble);
    await leg(0).answer(handler);
    for (let turn = 0; turn < 2; turn += 1) await leg(0).follow(handler);
    trouble.destroy();
    expect(sums).toMatchObject({ Apologies: 1 });
    const error = JSON.parse(centre.lines.find((line) => line.includes('"level":"error"')) ?? '{}');
    expect(error).toMatchObject({
      path: '/voice/answered',
      callSid: 'CA1',
      leg: expect.stringMatching(/^CAleg/),
    });
  });
});
