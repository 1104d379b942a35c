import { EventEmitter } from 'node:events';
import { afterEach, expect, test, vi } from 'vitest';
import type { PhoneEvent, Phones } from '../web/src/api/phoneport.ts';
import { openLocalPhone } from '../web/src/desk/local.ts';
import { notify } from '../web/src/desk/notify.ts';
import { type DeskPhone, openUntil, type PhoneState, type Tell } from '../web/src/desk/phone.ts';
import { openTwilioPhone, type UsedCall, type UsedDevice } from '../web/src/desk/twilio.ts';
import { polling } from '../web/src/pages/centre/polling.ts';

/** A stand-in for a call of Twilio's SDK: it tells what it was asked, and what the SDK would tell then. */
class StandInCall extends EventEmitter {
  readonly asked: string[] = [];
  accept() {
    this.asked.push('accept');
    this.emit('accept', this);
  }
  reject() {
    this.asked.push('reject');
    this.emit('reject');
  }
  disconnect() {
    this.asked.push('disconnect');
    this.emit('disconnect', this);
  }
  mute(on?: boolean) {
    this.asked.push(`mute ${on}`);
  }
  sendDigits(keys: string) {
    this.asked.push(`keys ${keys}`);
  }
}

/** A stand-in for the SDK's device: Twilio cannot be reached from a test. */
class StandInDevice extends EventEmitter {
  readonly tokens: string[];
  readonly chosen: unknown[] = [];
  destroyed = false;
  readonly audio = {
    availableInputDevices: new Map([['m1', { label: 'Headset' }]]),
    availableOutputDevices: new Map([['s1', { label: '' }]]),
    setInputDevice: async (id: string) => void this.chosen.push(id),
    speakerDevices: { set: async (id: string) => void this.chosen.push(id) },
  };
  constructor(token: string) {
    super();
    this.tokens = [token];
  }
  async register() {
    this.emit('registered');
  }
  updateToken(token: string) {
    this.tokens.push(token);
  }
  destroy() {
    this.destroyed = true;
    this.emit('unregistered');
  }
}

async function opened() {
  let state: Partial<PhoneState> = {};
  const tell: Tell = (change) => {
    state = { ...state, ...change };
  };
  let device: StandInDevice | undefined;
  let count = 0;
  const token = async () => {
    count += 1;
    return `token ${count}`;
  };
  const make = (first: string) => {
    device = new StandInDevice(first);
    return device as unknown as UsedDevice;
  };
  const phone = await openTwilioPhone({ token, device: make }, tell);
  if (device === undefined) throw new Error('No device was made.');
  const ring = (): StandInCall => {
    const call = new StandInCall();
    device?.emit('incoming', call as unknown as UsedCall);
    return call;
  };
  return { phone, device, ring, state: () => state };
}

test('a call rings, is accepted, muted, given keys and hung up', async () => {
  const { phone, ring, state } = await opened();
  expect(state().at).toBe('ready');
  const call = ring();
  expect(state().at).toBe('ringing');
  phone.accept();
  expect(state().at).toBe('connected');
  phone.mute?.(true);
  phone.press('5');
  expect(state().muted).toBe(true);
  phone.hangUp();
  expect(state()).toMatchObject({ at: 'ready', muted: false });
  expect(call.asked).toEqual(['accept', 'mute true', 'keys 5', 'disconnect']);
});

test('a call that is rejected, or that the caller gives up, rings no more; a late word of it changes nothing', async () => {
  const { phone, ring, state } = await opened();
  const first = ring();
  phone.reject();
  expect(first.asked).toEqual(['reject']);
  expect(state().at).toBe('ready');
  const second = ring();
  second.emit('cancel');
  expect(state().at).toBe('ready');
  ring();
  second.emit('disconnect');
  expect(state().at).toBe('ringing');
});

test('the token is renewed before it ends, and what goes wrong is told', async () => {
  const { device, state } = await opened();
  device.emit('tokenWillExpire');
  await expect.poll(() => device.tokens).toEqual(['token 1', 'token 2']);
  device.emit('error', { message: 'AccessTokenInvalid (20101)' });
  expect(state().why).toBe('AccessTokenInvalid (20101)');
});

test('microphone and loudspeaker can be chosen, and a closed phone is lost', async () => {
  const { phone, device, state } = await opened();
  expect(phone.devices?.()).toEqual({
    inputs: new Map([['m1', 'Headset']]),
    outputs: new Map([['s1', 's1']]),
  });
  phone.choose?.('inputs', 'm1');
  phone.choose?.('outputs', 's1');
  expect(device.chosen).toEqual(['m1', 's1']);
  phone.close();
  expect([device.destroyed, state().at]).toEqual([true, 'lost']);
});

test('a phone that connects again while it rings still rings', async () => {
  const { phone, device, ring, state } = await opened();
  ring();
  device.emit('unregistered');
  device.emit('registered');
  expect(state().at).toBe('ringing');
  phone.accept();
  device.emit('registered');
  expect(state().at).toBe('connected');
  ring();
  device.emit('registered');
  expect(state().at).toBe('ringing');
});

test('a device that cannot be registered is not left behind', async () => {
  const device = new StandInDevice('token');
  device.register = async () => {
    throw new Error('AccessTokenInvalid (20101)');
  };
  const line = { token: async () => 'token', device: () => device as unknown as UsedDevice };
  await expect(openTwilioPhone(line, () => {})).rejects.toThrow('20101');
  expect(device.destroyed).toBe(true);
});

test('a phone that opens after its page was left is closed at once, and tells nothing any more', async () => {
  const page = new AbortController();
  const told: Partial<PhoneState>[] = [];
  let closed = 0;
  const opening = openUntil(
    page.signal,
    async (tell) => {
      page.abort();
      tell({ at: 'ready' });
      const close = () => {
        closed += 1;
      };
      return { close } as DeskPhone;
    },
    (change) => told.push(change),
  );
  expect(await opening).toBeUndefined();
  expect([closed, told]).toEqual([1, []]);
});

test('a local phone whose connection breaks is lost, with the reason; so is what it could not do', async () => {
  let hear: (event: PhoneEvent) => void = () => {};
  let breakOff: (error: Error) => void = () => {};
  const phones: Phones = {
    hold: (_, tell) => {
      hear = tell;
      return new Promise((_, reject) => {
        breakOff = reject;
      });
    },
    act: async () => {
      throw new Error('The act was not taken.');
    },
  };
  let state: Partial<PhoneState> = {};
  const opening = openLocalPhone(phones, 'client:ann', (change) => {
    state = { ...state, ...change };
  });
  hear({ event: 'registered', id: 'P1' });
  const phone = await opening;
  expect(state).toEqual({ at: 'ready' });
  phone.accept();
  await expect.poll(() => state.why).toBe('The act was not taken.');
  breakOff(new Error('The network is gone.'));
  await expect.poll(() => state).toEqual({ at: 'lost', why: 'The network is gone.' });
});

afterEach(() => vi.unstubAllGlobals());

test('a call in the background is told by a notification, and breaks no page whose browser refuses to make one', () => {
  const closed: string[] = [];
  class Allowed {
    static readonly permission = 'granted';
    readonly #text: string;
    constructor(text: string) {
      this.#text = text;
    }
    close() {
      closed.push(this.#text);
    }
  }
  class Refusing {
    static readonly permission = 'granted';
    constructor() {
      throw new TypeError('Illegal constructor.');
    }
  }
  const told = (visibilityState: string, kind: unknown) => {
    vi.stubGlobal('document', { visibilityState });
    vi.stubGlobal('Notification', kind);
    return notify('Ann: a call rings');
  };
  expect(told('visible', Allowed)).toBeUndefined();
  told('hidden', Allowed)?.();
  expect(closed).toEqual(['Ann: a call rings']);
  expect(told('hidden', Refusing)).toBeUndefined();
});

test('a page in the background asks less often', () => {
  const { refetchInterval } = polling(5);
  vi.stubGlobal('document', { visibilityState: 'visible' });
  expect(refetchInterval()).toBe(5000);
  vi.stubGlobal('document', { visibilityState: 'hidden' });
  expect(refetchInterval()).toBe(40_000);
});
