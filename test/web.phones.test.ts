import { expect, test } from 'vitest';
import type { PhoneEvent } from '../web/src/api/phoneport.ts';
import { idle, type Line, lineAfter, lineWith, soundIn } from '../web/src/phone/line.ts';

function after(...events: PhoneEvent[]): Line {
  return events.reduce(lineAfter, idle);
}

const ring = { event: 'ringing', from: '+15550100', to: 'client:agent-1001' } as const;

test('a caller’s phone is on the line from its first event, and waits as the carrier says until something is heard', () => {
  const gathering = after(
    { event: 'dialled', id: 'CA1' },
    { event: 'document' },
    { event: 'heard', say: 'Hello.', language: 'en-US' },
    { event: 'gathering', timeoutSeconds: 8 },
  );
  expect(gathering).toEqual({
    ...{ phase: 'on', id: 'CA1', waits: 'keys' },
    noticed: [{ what: 'heard', text: 'Hello.' }],
  });
  const pressed = lineAfter(lineWith(gathering, 'Presses 1'), { event: 'queued', queue: 'sales' });
  expect(pressed).toMatchObject({ waits: 'queue', noticed: [{}, { what: 'did', text: 'Presses 1' }, {}] });
  const music = lineAfter(pressed, { event: 'heard', play: 'http://host/audio/hold-music-1.mp3' });
  expect(music.waits).toBeUndefined();
  expect(music.noticed.at(-1)).toEqual({ what: 'music' });
});

test('an agent’s phone is held, rings, talks and is held again; a new ring begins again', () => {
  const held = after({ event: 'registered', id: 'P1' });
  expect(held).toEqual({ phase: 'held', id: 'P1', noticed: [] });
  const talk = [ring, { event: 'bridged' }, { event: 'said', text: 'Good day.' }] as const;
  const talking = talk.reduce<Line>(lineAfter, held);
  expect(talking).toMatchObject({ phase: 'on', id: 'P1' });
  expect(talking.noticed.at(-1)).toEqual({ what: 'said', text: 'Good day.' });
  const over = lineAfter(talking, { event: 'ended', reason: 'hangup', seconds: 7 });
  expect(over).toMatchObject({ phase: 'held', id: 'P1' });
  expect(lineAfter(over, ring)).toEqual({
    ...{ phase: 'ringing', id: 'P1' },
    noticed: [{ what: 'event', event: ring }],
  });
});

test('what is heard of an event is a text in its language, or a file of this origin', () => {
  expect(soundIn({ event: 'heard', say: '您好', language: 'cmn-CN' })).toEqual({
    say: '您好',
    language: 'cmn-CN',
  });
  const far = 'https://tunnel.example.com/audio/hold-music-1.mp3';
  expect(soundIn({ event: 'heard', play: far })).toEqual({ url: '/audio/hold-music-1.mp3' });
  expect(soundIn({ event: 'said', text: 'Good day.' })).toBeUndefined();
});
