import type { PhoneEvent } from '../api/phoneport.ts';

/** What a phone of the carrier does now. */
export type Phase = 'idle' | 'held' | 'ringing' | 'on';

/** What was noticed on a phone: heard, done with it, or told by the carrier. */
export type Noticed =
  | { readonly what: 'heard' | 'did' | 'said'; readonly text: string }
  | { readonly what: 'music' }
  | { readonly what: 'event'; readonly event: PhoneEvent };

/** A phone of the carrier: what it does, and what was noticed on it since its last call began. */
export interface Line {
  readonly phase: Phase;
  /** The id by which something is done with it. */
  readonly id?: string;
  readonly noticed: readonly Noticed[];
  /** What the caller is waited for, or where they wait. */
  readonly waits?: 'keys' | 'recording' | 'queue' | 'talk' | 'dial';
}

/** A phone that nobody holds. */
export const idle: Line = { phase: 'idle', noticed: [] };

/** A phone after something has happened on it. */
export function lineAfter(line: Line, event: PhoneEvent): Line {
  const { waits: _, ...still } = line;
  const told = (noticed: Noticed) => ({ ...still, noticed: [...line.noticed, noticed] });
  switch (event.event) {
    case 'dialled':
      return { phase: 'on', id: event.id, noticed: [] };
    case 'registered':
      return { phase: 'held', id: event.id, noticed: [] };
    case 'ringing':
      return { ...still, phase: 'ringing', noticed: [{ what: 'event', event }] };
    case 'heard':
      return told('say' in event ? { what: 'heard', text: event.say } : { what: 'music' });
    case 'said':
    case 'message':
      return told({ what: 'said', text: event.text });
    case 'gathering':
      return { ...still, waits: 'keys' };
    case 'recording':
      return { ...still, waits: 'recording' };
    case 'queued':
      return { ...told({ what: 'event', event }), waits: 'queue' };
    case 'dialling':
      return { ...told({ what: 'event', event }), waits: 'dial' };
    case 'bridged':
      return { ...told({ what: 'event', event }), phase: 'on', waits: 'talk' };
    case 'document':
      return line;
    case 'ended': {
      const over = told({ what: 'event', event });
      // A phone that is rung is held on after its call.
      return { ...over, phase: line.phase === 'idle' ? 'idle' : 'held' };
    }
    default:
      return told({ what: 'event', event });
  }
}

/** A phone after its holder has done something with it. */
export function lineWith(line: Line, text: string): Line {
  return { ...line, noticed: [...line.noticed, { what: 'did', text }] };
}

/** What is heard of an event: a text in its language, or the file of a sound under this origin. */
export function soundIn(
  event: PhoneEvent,
): { readonly say: string; readonly language: string } | { readonly url: string } | undefined {
  if (event.event !== 'heard') return undefined;
  if ('say' in event) return { say: event.say, language: event.language ?? 'en-US' };
  const place = event.play.indexOf('/audio/');
  return { url: place < 0 ? event.play : event.play.slice(place) };
}
