import { useEffect, useRef, useState } from 'react';
import { useLibrary } from '../audio/context.ts';
import { recall, remember } from '../shell/stored.ts';
import { type HeardSound, hasGoneOn, type Progress, soundsOf } from './heard.ts';
import { Speaker, type SpeakerState } from './speaker.ts';
import type { TestPhone } from './usephone.ts';

const place = 'branchline.phone.sound';

/** What the test phone lets hear. */
export interface PhoneSpeaker {
  /** Whether there is anything here that can be heard: without a library there is not. */
  readonly isHeard: boolean;
  readonly on: boolean;
  readonly turn: (on: boolean) => void;
  /** Whether something is heard now. */
  readonly sounds: boolean;
  /** Whether a key that is pressed now is lost. */
  readonly covers: boolean;
  /** Why something was not heard. */
  readonly fault: string | undefined;
  readonly hush: () => void;
  readonly hear: (sounds: readonly HeardSound[]) => void;
}

/** Plays what is heard in a call on the test phone, as it happens. */
export function useSpeaker({ view, calls }: Pick<TestPhone, 'view' | 'calls'>): PhoneSpeaker {
  const library = useLibrary();
  const [on, setOn] = useState(() => recall(place) !== 'off');
  const [sounding, setSounding] = useState<SpeakerState>({});
  const [speaker] = useState(() => new Speaker(library, setSounding));
  const heard = useRef<readonly HeardSound[]>([]);
  const turns = view?.turns;
  const last = turns?.at(-1);
  const count = turns?.length ?? 0;
  const before = useRef<Progress>({ calls: 0, turns: 0 });

  // biome-ignore lint/correctness/useExhaustiveDependencies: a scene is heard when it is the last one that came, not when it is read again
  useEffect(() => {
    const now = { calls, turns: count };
    const isNew = hasGoneOn(before.current, now);
    before.current = now;
    speaker.stop();
    if (last === undefined || !isNew || !on || library === undefined) return;
    heard.current = soundsOf(last);
    void speaker.play(heard.current);
  }, [calls, count, speaker, on]);
  useEffect(() => () => speaker.stop(), [speaker]);

  const { at, fault } = sounding;
  return {
    ...{ isHeard: library !== undefined, on, fault },
    turn(next) {
      remember(place, next ? 'on' : 'off');
      setOn(next);
    },
    sounds: at !== undefined,
    covers: at !== undefined && heard.current[at]?.takesKeys === false,
    hush: () => speaker.stop(),
    hear(sounds) {
      heard.current = sounds.map((each) => ({ ...each, takesKeys: true }));
      void speaker.play(heard.current);
    },
  };
}
