import { reasonOf } from '../api/refusal.ts';

/** The state of a phone in the browser. */
export interface PhoneState {
  /** `lost`: it can no longer be rung, and must be opened again. */
  readonly at: 'opening' | 'ready' | 'ringing' | 'connected' | 'lost';
  readonly muted: boolean;
  /** Why it was lost, or what went wrong last. */
  readonly why?: string;
  /** What was said, where a carrier tells it in words: the embedded one. */
  readonly said: readonly string[];
}

/** Microphones and loudspeakers to choose from, by id. */
export interface SoundDevices {
  readonly inputs: ReadonlyMap<string, string>;
  readonly outputs: ReadonlyMap<string, string>;
}

/** A phone in the browser, which takes calls and makes none. */
export interface DeskPhone {
  accept(): void;
  reject(): void;
  hangUp(): void;
  press(key: string): void;
  close(): void;
  /** Left out where there is no sound. */
  mute?(on: boolean): void;
  devices?(): SoundDevices;
  choose?(kind: keyof SoundDevices, id: string): void;
  /** Says something in words: left out where there is sound. */
  say?(text: string): void;
}

/** Is called with each change of a phone's state. */
export type Tell = (change: Partial<PhoneState>) => void;

/** A phone before anything is known of it. */
export const newPhone: PhoneState = { at: 'opening', muted: false, said: [] };

/**
 * Opens a phone that is closed when the signal is aborted, even if it opens only after that. A failure is told as `lost`, with its
 * reason; then it returns `undefined`. Nothing is told after the abort.
 */
export async function openUntil(
  signal: AbortSignal,
  open: (tell: Tell) => Promise<DeskPhone>,
  tell: Tell,
): Promise<DeskPhone | undefined> {
  const tellMeanwhile: Tell = (change) => {
    if (!signal.aborted) tell(change);
  };
  try {
    const phone = await open(tellMeanwhile);
    if (!signal.aborted) {
      signal.addEventListener('abort', () => phone.close(), { once: true });
      return phone;
    }
    phone.close();
  } catch (error) {
    tellMeanwhile({ at: 'lost', why: reasonOf(error) });
  }
  return undefined;
}
