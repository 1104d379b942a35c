import type { Call, Device } from '@twilio/voice-sdk';
import { reasonOf } from '../api/refusal.ts';
import type { DeskPhone, SoundDevices, Tell } from './phone.ts';

/** What of the SDK's device is used. */
export type UsedDevice = Pick<Device, 'on' | 'register' | 'updateToken' | 'destroy' | 'audio'>;

/** What of the SDK's call is used. */
export type UsedCall = Pick<Call, 'on' | 'accept' | 'reject' | 'disconnect' | 'mute' | 'sendDigits'>;

/** What the phone is opened with. */
export interface TwilioLine {
  /** A token of the agent's own, valid for an hour. */
  readonly token: () => Promise<string>;
  /** The SDK's device of a token. */
  readonly device: (token: string) => UsedDevice;
}

/**
 * The phone of an agent's `client:` endpoint at Twilio, by the SDK's device. It renews its token before that ends. Rejects with
 * the error of the API or the SDK if it cannot be opened.
 */
export async function openTwilioPhone({ token, device: make }: TwilioLine, tell: Tell): Promise<DeskPhone> {
  const device = make(await token());
  let call: UsedCall | undefined;
  let isAccepted = false;
  const over = (which: UsedCall) => () => {
    if (call !== which) return;
    call = undefined;
    tell({ at: 'ready', muted: false });
  };
  device.on('registered', () =>
    tell({ at: call === undefined ? 'ready' : isAccepted ? 'connected' : 'ringing' }),
  );
  device.on('unregistered', () => tell({ at: 'lost' }));
  device.on('error', ({ message }: { message: string }) => tell({ why: message }));
  device.on('tokenWillExpire', () => {
    token()
      .then((next) => device.updateToken(next))
      .catch((error: unknown) => tell({ why: reasonOf(error) }));
  });
  device.on('incoming', (incoming: UsedCall) => {
    call = incoming;
    isAccepted = false;
    tell({ at: 'ringing', muted: false });
    incoming.on('accept', () => {
      isAccepted = true;
      tell({ at: 'connected' });
    });
    for (const end of ['cancel', 'disconnect', 'reject'] as const) incoming.on(end, over(incoming));
    incoming.on('error', ({ message }: { message: string }) => tell({ why: message }));
  });
  try {
    await device.register();
  } catch (error) {
    device.destroy();
    throw error;
  }
  return {
    accept: () => call?.accept(),
    reject: () => call?.reject(),
    hangUp: () => call?.disconnect(),
    press: (key) => call?.sendDigits(key),
    mute(on) {
      call?.mute(on);
      tell({ muted: on });
    },
    close: () => device.destroy(),
    devices: () => devicesOf(device),
    choose(kind, id) {
      const chosen =
        kind === 'inputs' ? device.audio?.setInputDevice(id) : device.audio?.speakerDevices.set(id);
      void chosen?.catch((error: unknown) => tell({ why: reasonOf(error) }));
    },
  };
}

function devicesOf({ audio }: UsedDevice): SoundDevices {
  const named = (found: ReadonlyMap<string, { readonly label: string }> | undefined) =>
    new Map(Array.from(found ?? [], ([id, { label }]) => [id, label || id]));
  return {
    inputs: named(audio?.availableInputDevices),
    outputs: named(audio?.availableOutputDevices),
  };
}
