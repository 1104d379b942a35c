import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PhoneAct, PhoneOrder, Phones } from '../api/phoneport.ts';
import { reasonOf } from '../api/refusal.ts';
import { useLibrary } from '../audio/context.ts';
import { toast } from '../shell/toast.ts';
import type { HeardSound } from './heard.ts';
import { idle, type Line, lineAfter, lineWith, soundIn } from './line.ts';
import { Speaker } from './speaker.ts';

/** A phone of the carrier in the hands of who looks at the page. */
export interface CarrierPhone {
  readonly line: Line;
  hold(order: PhoneOrder): void;
  /** Lays the phone down: a call on it is over, and it is not rung any more. */
  release(): void;
  /** Does something with it; `said` is how it stands among what was noticed. */
  act(act: PhoneAct, said?: string): void;
}

/** A phone of the carrier; what is heard on it is audible. It is laid down when the page is left. */
export function useCarrierPhone(phones: Phones): CarrierPhone {
  const { t } = useTranslation();
  const library = useLibrary();
  const [line, setLine] = useState<Line>(idle);
  const [speaker] = useState(() => new Speaker(library, () => {}));
  const holding = useRef<AbortController | undefined>(undefined);

  const lay = useCallback(() => {
    holding.current?.abort();
    holding.current = undefined;
    speaker.stop();
  }, [speaker]);
  useEffect(() => lay, [lay]);

  return {
    line,
    hold(order) {
      lay();
      const held = new AbortController();
      holding.current = held;
      const isHeld = () => holding.current === held;
      phones
        .hold(
          order,
          (event) => {
            if (!isHeld()) return;
            const sound = soundIn(event);
            if (sound !== undefined) void speaker.play([audible(sound)]);
            else if (['bridged', 'parted', 'ended', 'recording'].includes(event.event)) speaker.stop();
            setLine((before) => lineAfter(before, event));
          },
          held.signal,
        )
        .catch((error: unknown) => toast.error(reasonOf(error)))
        .finally(() => {
          if (!isHeld()) return;
          holding.current = undefined;
          setLine((before) => ({ phase: 'idle', noticed: before.noticed }));
        });
    },
    release() {
      lay();
      setLine((before) => ({ phase: 'idle', noticed: before.noticed }));
    },
    act(act, said) {
      if (line.id === undefined) return;
      // A key cuts what is heard short.
      if (act.act === 'keys') speaker.stop();
      if (said !== undefined) setLine((before) => lineWith(before, said));
      phones.act(line.id, act).then(
        (heard) => heard || toast.warning(t('phones.ended')),
        (error: unknown) => toast.error(reasonOf(error)),
      );
    },
  };
}

/** A sound of the carrier as a speaker takes it. */
function audible(sound: NonNullable<ReturnType<typeof soundIn>>): HeardSound {
  return 'url' in sound
    ? { sound: { verb: 'file', url: sound.url }, takesKeys: true }
    : { sound: { verb: 'say', text: sound.say, language: sound.language }, takesKeys: true };
}
