import { createInterface } from 'node:readline';
import type { ReadStream } from 'node:tty';
import type { Handset } from './handset.ts';

/** Who presses the keys of a handset. */
export interface Keys {
  /** Learns, at each event of the call, whether a key is awaited now. */
  awaited(now: boolean): void;
  /** What a script has not used. */
  readonly left: readonly string[];
  /** Lets go of where the keys come from. */
  close(): void;
}

/** Shows what was pressed. */
export type Show = (line: string) => void;

/** A script: each time a key is awaited its next one is pressed, or the wait is over; at its end the call is hung up. */
export function scripted(handset: Handset, script: readonly string[], show: Show): Keys {
  const left = [...script];
  return {
    left,
    awaited(now) {
      if (!now) return;
      const key = left.shift();
      if (key !== undefined) show(key === 'wait' ? '> (silence)' : `> ${key}`);
      settle(key === undefined ? handset.hangup() : key === 'wait' ? handset.silence() : handset.press(key));
    },
    close: () => undefined,
  };
}

/** A person's keys: as they are typed on a terminal; line by line from anything else. */
export function keysOf(handset: Handset, input: ReadStream, show: Show): Keys {
  const act = (character: string) => settle(perform(handset, character, show));
  return input.isTTY ? typed(input, act) : lines(input, act);
}

function typed(input: ReadStream, act: (character: string) => void): Keys {
  const hear = (text: string) => {
    for (const character of text) act(character);
  };
  input.setRawMode(true).setEncoding('utf8').on('data', hear);
  return {
    left: [],
    awaited: () => undefined,
    close: () => {
      input.off('data', hear).setRawMode(false).pause();
    },
  };
}

// Lines may come from a pipe long before anybody listens, so each waits for its turn.
function lines(input: ReadStream, act: (character: string) => void): Keys {
  const waiting: string[] = [];
  let awaited = false;
  const next = () => {
    const character = awaited ? waiting.shift() : undefined;
    if (character === undefined) return;
    awaited = false;
    act(character);
  };
  const reader = createInterface({ input }).on('line', (line) => {
    waiting.push(...(line.trim() === '' ? ['s'] : line.trim()));
    next();
  });
  return {
    left: [],
    awaited(now) {
      awaited = now;
      next();
    },
    close: () => reader.close(),
  };
}

async function perform(handset: Handset, character: string, show: Show): Promise<void> {
  if (character === 'h' || character === '\u0003') {
    await handset.hangup();
  } else if (character === 's' || character === '\r') {
    if (await handset.silence()) show('> (silence)');
  } else if (/^[0-9*#]$/.test(character)) {
    const heard = await handset.press(character);
    show(heard ? `> ${character}` : `> ${character} (lost: nobody listens yet)`);
  }
}

// The call may be over before the carrier hears of the key: that is nobody's fault.
function settle(acting: Promise<unknown>): void {
  acting.catch(() => undefined);
}
