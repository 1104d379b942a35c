import { type Step, step } from '../../lib/engine/step.ts';
import { type Answer, type Answers, askKey } from '../../lib/flow/asks.ts';
import { begin, type Cursor, readCursor, writeCursor } from '../../lib/flow/cursor.ts';
import type { Call, Event, LeftBy } from '../../lib/flow/events.ts';
import type { Flow } from '../../lib/flow/flow.ts';
import type { Verb } from '../../lib/flow/verbs.ts';

/** One call of a transcript file: `# title`, then what the world says (`>`), what is known (`?`) and what is heard (`<`). */
export interface Transcript {
  readonly title: string;
  readonly lines: readonly string[];
}

/** Who calls in every transcript. */
export const caller: Call = {
  callSid: 'CA00000000000000000000000000000001',
  from: '+15550123',
  to: '+15550100',
};

/** The calls of a transcript file. */
export function readTranscripts(text: string): Transcript[] {
  return text
    .split(/^# /m)
    .slice(1)
    .map((part) => {
      const [title = '', ...lines] = part.split('\n').map((line) => line.trim());
      return { title, lines: lines.filter((line) => line !== '') };
    });
}

/**
 * Plays a transcript through the engine, the cursor going through its URL between the lines, and answers the lines as they
 * came out: the same as went in where the flow does what the transcript says.
 */
export function playTranscript(flow: Flow, transcript: Transcript): string[] {
  const heard: string[] = [];
  const answers = readAnswers(transcript);
  let cursor: Cursor | undefined = begin(flow.id, 1, flow.language ?? 'en-US');
  for (const line of transcript.lines) {
    if (line.startsWith('?')) heard.push(line);
    if (!line.startsWith('>')) continue;
    heard.push(line);
    if (cursor === undefined) return [...heard, '< the call has ended'];
    const event = readEvent(line.slice(1).trim());
    let answer: Step = step(flow, cursor, event, answers);
    for (;;) {
      if (answer.ask !== undefined) return [...heard, `< asks ${askKey(answer.ask)}`];
      heard.push(...answer.verbs.map(writeVerb));
      // An announcement is heard on the way; the call stands where it stood.
      if (event.event === 'connected' || event.event === 'queued') break;
      cursor = answer.wait === undefined ? undefined : readCursor(writeCursor(answer.wait));
      if (answer.verbs.at(-1)?.verb !== 'continue' || cursor === undefined) break;
      answer = step(flow, cursor, { event: 'continued', call: caller }, answers);
    }
  }
  if (cursor !== undefined) heard.push('< the call goes on');
  return heard;
}

/** What is known in a transcript. */
export function readAnswers(transcript: Transcript): Answers {
  const answers = transcript.lines
    .map((line) => /^\? (.+): (yes|no|[0-9]+)$/.exec(line))
    .flatMap((match) => (match === null ? [] : [[match[1] ?? '', readAnswer(match[2] ?? '')] as const]));
  return new Map(answers);
}

function readAnswer(word: string): Answer {
  return word === 'yes' || (word !== 'no' && Number(word));
}

/** `leftQueue` is told how and after how many seconds: `leftQueue taken-out 305`, `leftQueue talked 20 gone`. */
export function readEvent(words: string): Event {
  const [event, first = '', second = '', ...rest] = words.split(' ');
  if (event === 'pressed') return { event, key: first, call: caller };
  if (event === 'arrived' || event === 'silent') return { event, call: caller };
  if (event === 'queued') return { event, ahead: Number(first), call: caller };
  if (event === 'connected') return { event, staffNo: first, call: caller };
  const by = ['talked', 'hung-up', 'taken-out', 'full', 'fault'].find((each) => each === first);
  if (event !== 'leftQueue' || by === undefined) {
    throw new Error(`a transcript says "> ${words}", which is no event`);
  }
  const [gone, ringing] = [rest.includes('gone'), rest.includes('ringing')];
  return { event, by: by as LeftBy, waitedSeconds: Number(second), gone, ringing, call: caller };
}

/** A verb as a transcript writes it. */
export function writeVerb(verb: Verb): string {
  if (verb.verb === 'say') return `< say ${verb.text}`;
  if (verb.verb === 'play') return `< play ${verb.audio}`;
  if (verb.verb === 'enqueue') {
    return `< enqueue ${verb.skillGroup} ♪${verb.holdMusic}, at most ${verb.maxWaitSeconds}s`;
  }
  if (verb.verb !== 'gather') return `< ${verb.verb}`;
  const sounds = verb.sounds.map((sound) => (sound.verb === 'say' ? sound.text : `♪${sound.audio}`));
  return `< gather ${verb.timeoutSeconds}s ${sounds.join(' ')}`.trimEnd();
}
