import { createInterface } from 'node:readline';
import type { ReadStream } from 'node:tty';
import { type OtherSide, otherSides } from '../../local/carrier/call.ts';
import type { CallEvent } from '../../local/carrier/event.ts';
import type { Handset } from './handset.ts';

/** The source of a handset's keys and words: a script or a person. */
export interface Keys {
  /** Called for each event of the handset. */
  notice(event: CallEvent): void;
  /** The unused words of a script. */
  readonly left: readonly string[];
  /** Stops reading keys. */
  close(): void;
}

/** Ctrl-C on a terminal that passes on each key. */
const interruption = '\u0003';

/** Prints an action. */
export type Show = (line: string) => void;

/** A script: each time the call waits for a key, presses the next one, or lets the wait end. Hangs up at the end of the script. */
export function scripted(handset: Handset, script: readonly string[], show: Show): Keys {
  const left = [...script];
  /** The script's next word may say what a dialled number does. If not, it does not answer; and the caller ends a talk. */
  const actAside = (event: 'dialling' | 'bridged') => {
    const does = otherIn(left[0]);
    if (does === undefined || (does === 'talked') !== (event === 'bridged')) {
      return event === 'bridged' ? handset.hangup() : handset.other('no-answer');
    }
    left.shift();
    show(`> (the other side: ${does})`);
    return handset.other(does);
  };
  return {
    left,
    notice({ event }) {
      if (event === 'dialling' || event === 'bridged') return settle(actAside(event));
      if (event === 'queued' && left.length === 0) return settle(handset.hangup());
      // In a queue, a script waits for the next event.
      if (event === 'queued') return settle(handset.silence());
      if (event !== 'gathering' && event !== 'recording') return;
      // A word for the other side of a dial is not a key: it stays unused.
      const key = otherIn(left[0]) === undefined ? left.shift() : undefined;
      if (key !== undefined) show(shownAs(key));
      settle(key === undefined ? handset.hangup() : act(handset, key));
    },
    close: () => undefined,
  };
}

/** The action of a dial's other side that a script's word names; `undefined` if the word is a key. */
function otherIn(word: string | undefined): OtherSide | undefined {
  return otherSides.find((each) => each === word);
}

function shownAs(key: string): string {
  if (key === 'wait') return '> (silence)';
  return key.startsWith('say:') ? `> (speaks for ${key.slice(4)} s)` : `> ${key}`;
}

function act(handset: Handset, key: string): Promise<boolean> {
  if (key === 'wait') return handset.silence();
  return key.startsWith('say:') ? handset.speak(Number(key.slice(4))) : handset.press(key);
}

/** A person's keys: one by one on a terminal; line by line from any other input, and in a talk. */
export function keysOf(handset: Handset, input: ReadStream, show: Show): Keys {
  return input.isTTY ? typed(handset, input, show) : lines(handset, input, show);
}

function typed(handset: Handset, input: ReadStream, show: Show): Keys {
  let state: CallEvent['event'] | undefined;
  const inTurn = turns();
  const hear = (text: string) => {
    if (state === 'bridged') return inTurn(() => speak(handset, text));
    for (const character of text) {
      const action = () => perform(handset, character, show);
      // Ctrl-C must end the program even if the stack does not answer an earlier key.
      if (character === interruption) settle(action());
      else inTurn(action);
    }
  };
  // In a talk the terminal edits the line, and its Ctrl-C is a signal.
  const interrupt = () => settle(handset.hangup());
  const talk = (on: boolean) => {
    input.setRawMode(!on);
    process.off('SIGINT', interrupt);
    if (on) process.on('SIGINT', interrupt);
  };
  input.setRawMode(true).setEncoding('utf8').on('data', hear);
  return {
    left: [],
    notice({ event }) {
      if ((event === 'bridged') !== (state === 'bridged') && !['said', 'message'].includes(event))
        talk(event === 'bridged');
      state = stateAfter(event, state);
    },
    close: () => {
      process.off('SIGINT', interrupt);
      input.off('data', hear).setRawMode(false).pause();
    },
  };
}

// Lines from a pipe may come long before the call listens, so each waits for its turn.
function lines(handset: Handset, input: ReadStream, show: Show): Keys {
  const waiting: string[] = [];
  let state: CallEvent['event'] | undefined;
  const inTurn = turns();
  const next = () => {
    if (state === 'bridged') {
      for (const line of waiting.splice(0)) inTurn(() => speak(handset, line));
      return;
    }
    if (state !== 'gathering' && state !== 'ringing') return;
    const [line] = waiting;
    if (line === undefined) return;
    const [character = '\r', ...rest] = line.trim();
    waiting.splice(0, 1, ...(rest.length === 0 ? [] : [rest.join('')]));
    state = undefined;
    inTurn(() => perform(handset, character, show));
  };
  const reader = createInterface({ input }).on('line', (line) => {
    waiting.push(line);
    next();
  });
  return {
    left: [],
    notice({ event }) {
      state = stateAfter(event, state);
      next();
    },
    close: () => reader.close(),
  };
}

/** The state of the handset after an event. Words heard in a talk do not end the talk. */
function stateAfter(event: CallEvent['event'], state: CallEvent['event'] | undefined) {
  return event === 'message' || (event === 'said' && state === 'bridged') ? state : event;
}

async function speak(handset: Handset, text: string): Promise<void> {
  const words = text.trim();
  if (words === 'h') await handset.hangup();
  else if (words !== '') await handset.say(words);
}

async function perform(handset: Handset, character: string, show: Show): Promise<void> {
  if (character === 'a' || character === '\r') {
    if (await handset.answer()) return;
    if (character === '\r' && (await handset.silence())) show('> (silence)');
  } else if (character === 's') {
    if (await handset.silence()) show('> (silence)');
  } else if (character === 'd') {
    await handset.decline();
  } else if (character === 'h') {
    await handset.hangup();
  } else if (character === interruption) {
    if (!(await handset.hangup())) handset.putDown();
  } else if (/^[0-9*#]$/.test(character)) {
    const heard = await handset.press(character);
    show(heard ? `> ${character}` : `> ${character} (lost: nobody listens yet)`);
  }
}

/** Returns a function that runs actions one after the other: requests that are sent together may arrive in another order. */
function turns(): (action: () => Promise<unknown>) => void {
  let last: Promise<unknown> = Promise.resolve();
  return (action) => {
    last = last.then(action).catch(() => undefined);
  };
}

// The call may end before the carrier gets the key: that is not an error.
function settle(acting: Promise<unknown>): void {
  acting.catch(() => undefined);
}
