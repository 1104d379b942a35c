/** Where a phone in the browser stands. */
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

/** Learns of each change of a phone. */
export type Tell = (change: Partial<PhoneState>) => void;

/** A phone before anything is known of it. */
export const newPhone: PhoneState = { at: 'opening', muted: false, said: [] };
