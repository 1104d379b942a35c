import { describe, expect, test } from 'vitest';
import { fetchGroup, removeGroup } from '../lib/store/queue/groups.ts';
import { setUpCentre } from './kit/centre.ts';

const centre = setUpCentre();
const { caller, leg, rungFor } = centre;
const ann = ['1001', 'client:ann'] as const;
const bob = ['1002', 'client:bob'] as const;
const music = '<Play>https://phone.example.com/audio/hold-music-1.mp3</Play>';
const nobody = 'nobody else is waiting';

describe('a transfer', () => {
  test('goes from the queue to the agent and on', async () => {
    await centre.group({ id: 'sales', wrapUpSeconds: 30 });
    await centre.online('sales', ann);
    const one = caller('CA1');
    const queued = await one.call();
    expect(queued).toContain('>Please hold.</Say><Enqueue ');
    expect(queued).toContain('>test-sales</Enqueue>');
    expect(one.waitUrl).toMatch(/^\/voice\/wait\?[A-Za-z0-9._~=&-]+$/);
    expect(one.waitUrl).toContain('maxWaitSeconds=300');
    expect(await one.wait()).toContain(`<Response>${music}</Response>`);
    expect(centre.rings()).toMatchObject([{ to: 'client:ann', from: '+15550100' }]);
    expect(centre.rings()[0]?.form.get('Timeout')).toBe('20');
    expect(await centre.state('1001')).toBe('ringing');
    const talk = leg(0);
    await talk.status('ringing');
    expect(await talk.answer()).toMatch(/<Dial timeout="5" action="[^"]+" method="POST"><Queue url="[^"]+"/);
    expect(await talk.meet(one)).toMatch(
      /<Response><Say[^>]*>You speak with agent 1 0 0 1\.<\/Say><\/Response>/,
    );
    expect(await centre.state('1001')).toBe('talking');
    expect(await centre.waiting()).toEqual([]);
    centre.pass(120);
    expect(await one.leave('bridged')).toContain('>Goodbye.</Say><Hangup/>');
    await talk.status('completed');
    expect(await centre.state('1001')).toBe('wrap-up');
    centre.pass(30);
    expect(await centre.state('1001')).toBe('available');
    expect(rungFor()).toHaveLength(1);
  });

  test('ends with the fail prompt where nobody is online, or the group is not there', async () => {
    expect(await caller('CA1').call()).toContain('>Nobody is here.</Say>');
    await centre.group({ id: 'sales' });
    await centre.online('sales', ann);
    await centre.presence('1001', 'break');
    const failed = await caller('CA2').call();
    expect(failed).toMatch(/>Nobody is here\.<\/Say><Say[^>]*>Call again\.<\/Say><Hangup\/>/);
  });

  test('ends with the fail prompt where the queue is full', async () => {
    await centre.group({ id: 'sales', maxQueue: 1 });
    await centre.online('sales', ann);
    await caller('CA1').wait();
    expect(await caller('CA2').call()).toContain('>Nobody is here.</Say>');
  });

  test('ends with the fail prompt where its group is deleted while the caller waits', async () => {
    await centre.group({ id: 'sales' });
    await centre.online('sales', ann);
    const one = caller('CA1');
    await one.wait();
    const group = await fetchGroup(centre.table(), 'sales');
    if (group !== undefined) await removeGroup(centre.table(), group);
    expect(await one.ask()).toContain('<Response><Leave/></Response>');
    expect(centre.cancelled()).toEqual(['CAleg1']);
    expect(await one.leave('leave')).toContain('>Nobody is here.</Say>');
  });

  test('tells by the status of the call alone that an agent was being rung', async () => {
    await centre.group({ id: 'sales' });
    await centre.online('sales', ann);
    const [one, two] = [caller('CA1'), caller('CA2')];
    await one.wait();
    await two.wait();
    for (const each of [two, one, one]) await each.status('completed');
    const told = centre.lines.flatMap((line) => (line.includes('"phase"') ? [JSON.parse(line)] : []));
    expect(told).toMatchObject([{ callSid: 'CA1', phase: 'ringing' }]);
  });

  test('says how many are ahead', async () => {
    await centre.group({ id: 'sales' });
    await centre.online('sales', ann);
    await caller('CA1').wait();
    await caller('CA2').wait();
    const three = caller('CA3', '+15550300');
    expect(await three.call()).not.toContain('<Say');
    const first = await three.ask();
    expect(first).toMatch(/<Response><Say [^>]*>You are number 3, 2 ahead\.<\/Say><Play>/);
    // The carrier asks again for what it did not get.
    expect(await three.ask()).toBe(first);
    centre.pass(20);
    expect(await three.ask()).not.toContain('<Say');
    await centre.presence('1001', 'offline');
    expect(await caller('CA4', '+15550300').call()).toContain('>Nobody for number 4, 3 ahead.</Say>');
  });

  test("says the carrier's own position, where it is told", async () => {
    await centre.group({ id: 'sales' });
    await centre.online('sales', ann);
    const one = caller('CA1', '+15550300');
    await one.call();
    expect(await one.ask({ QueuePosition: '7' })).toContain('>You are number 7, 6 ahead.</Say>');
    expect(JSON.parse(centre.lines.at(-1) ?? '{}')).toMatchObject({ phase: 'waiting', ahead: 6 });
  });

  test('says to who is connected that nobody is ahead', async () => {
    await centre.group({ id: 'sales' });
    await centre.online('sales', ann);
    const one = caller('CA1', '+15550300');
    await one.wait();
    await leg(0).answer();
    expect(await leg(0).meet(one)).toContain('>Agent 1 0 0 1, 0 ahead.</Say>');
  });

  test('ends a wait that was too long by our own clock, if the carrier tells no time', async () => {
    await centre.group({ id: 'support' });
    await centre.online('support', ann);
    const one = caller('CA1', '+15550200');
    await one.call();
    const noTime = { QueueTime: '' };
    expect(await one.ask(noTime)).toContain('<Play>');
    centre.pass(60);
    expect(await one.ask(noTime)).toContain('<Play>');
    centre.pass(1);
    expect(await one.ask(noTime)).toContain('<Response><Leave/></Response>');
    expect(await one.leave('leave', noTime)).toContain('>Nobody is here.</Say>');
    expect(JSON.parse(centre.lines.at(-1) ?? '{}').entries[0]).toMatchObject({ lost: 'waited-too-long' });
  });

  test('plays the music of the node', async () => {
    await centre.group({ id: 'support' });
    await centre.online('support', ann);
    const heard = await caller('CA1', '+15550200').wait();
    expect(heard).toContain('<Play>https://phone.example.com/audio/sea</Play>');
  });
});

describe('a caller who waits', () => {
  test('leaves when they have waited too long, which is no miss of the agent', async () => {
    await centre.group({ id: 'sales', ringSeconds: 120 });
    await centre.online('sales', ann);
    const one = caller('CA1');
    await one.wait();
    centre.pass(301);
    await leg(0).status('ringing');
    expect(await one.ask()).toContain('<Response><Leave/></Response>');
    expect(await one.leave('leave')).toContain('>Nobody is here.</Say>');
    expect(centre.cancelled()).toEqual(['CAleg1']);
    expect(await centre.agent('1001')).toMatchObject({ misses: 0 });
    expect(await centre.state('1001')).toBe('available');
  });

  test('leaves when the last agent signs out, and the ring is cancelled at once', async () => {
    await centre.group({ id: 'sales' });
    await centre.online('sales', ann);
    const one = caller('CA1');
    await one.wait();
    await centre.presence('1001', 'offline');
    expect(centre.cancelled()).toEqual(['CAleg1']);
    expect(await centre.state('1001')).toBe('offline');
    expect(await one.ask()).toContain('<Leave/>');
    expect(await one.leave('leave')).toContain('>Nobody is here.</Say>');
    expect(JSON.parse(centre.lines.at(-1) ?? '{}').entries[0]).toMatchObject({ lost: 'nobody-online' });
  });

  test('waits on while an agent talks', async () => {
    await centre.group({ id: 'sales' });
    await centre.online('sales', ann);
    const [one, two] = [caller('CA1'), caller('CA2')];
    await one.wait();
    centre.pass(1);
    await two.wait();
    expect(rungFor()).toEqual(['client:ann']);
    await leg(0).answer();
    expect(await two.ask()).toContain(music);
    expect(rungFor()).toHaveLength(1);
  });

  test.each(['action', 'status'])(
    'who hangs up is told by the %s alone, and the ring is cancelled',
    async (by) => {
      await centre.group({ id: 'sales' });
      await centre.online('sales', ann);
      const one = caller('CA1');
      await one.wait();
      if (by === 'action') await one.hangUp();
      else await one.status('completed');
      expect(centre.cancelled()).toEqual(['CAleg1']);
      expect(await centre.state('1001')).toBe('available');
      expect(await centre.waiting()).toEqual([]);
      // Late requests revive nobody.
      expect(await one.ask()).toContain(music);
      await one.status('completed');
      await one.hangUp();
      expect(await centre.waiting()).toEqual([]);
      expect(rungFor()).toHaveLength(1);
      expect(centre.cancelled()).toHaveLength(1);
    },
  );

  test('who left before their first wait request was served is not revived by it', async () => {
    await centre.group({ id: 'sales' });
    await centre.online('sales', ann);
    const one = caller('CA1');
    await one.call();
    await one.hangUp();
    await one.ask({ QueueTime: '0' });
    expect(await centre.waiting()).toEqual([]);
    expect(rungFor()).toEqual([]);
  });

  test('who hung up while an agent rang is said so', async () => {
    await centre.group({ id: 'sales' });
    await centre.online('sales', ann);
    const [one, two] = [caller('CA1'), caller('CA2')];
    await one.wait();
    await two.wait();
    await two.hangUp();
    await one.hangUp();
    const ends = centre.lines.map((line) => JSON.parse(line).entries?.at(-1)?.end);
    expect(ends.slice(-2)).toEqual(['hung-up-waiting', 'hung-up-ringing']);
  });

  test('who is silent for 90 s counts no more, until they ask, where they stood', async () => {
    await centre.group({ id: 'sales' });
    await centre.online('sales', ann);
    const [one, two] = [caller('CA1'), caller('CA2')];
    await centre.presence('1001', 'offline');
    await centre.online('sales', bob);
    await one.wait();
    expect(rungFor()).toEqual(['client:bob']);
    centre.pass(91);
    await leg(0).status('no-answer');
    await two.wait();
    expect(rungFor()).toEqual(['client:bob', 'client:bob']);
    await leg(1).status('no-answer');
    await one.ask();
    await leg(2).answer();
    expect((await centre.agent('1002')).lease).toMatchObject({ entry: 'CA1#1' });
  });

  test('wakes no ring for a call that the carrier ends late, twice and out of order', async () => {
    await centre.group({ id: 'sales' });
    await centre.online('sales', ann);
    const one = caller('CA1');
    await one.wait();
    const talk = leg(0);
    await talk.answer();
    await talk.meet(one);
    await talk.status('completed');
    await talk.status('ringing');
    await talk.status('completed');
    await one.leave('bridged');
    expect(await talk.answer()).toContain(nobody);
    expect(await centre.state('1001')).toBe('available');
    expect(centre.cancelled()).toEqual(['CAleg1']);
  });
});
