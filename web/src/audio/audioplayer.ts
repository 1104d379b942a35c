import { useEffect, useRef, useState } from 'react';
import { reasonOf } from '../api/refusal.ts';
import { toast } from '../shell/toast.ts';

/** The one sound that the page plays; another that begins ends it. */
let current: HTMLAudioElement | undefined;

/**
 * Plays a sound and stops it. `load` resolves with its bytes or its URL; why it cannot be heard is told in a toast.
 */
export function useAudioPlayer(load: () => Promise<Blob | string>) {
  const [state, setState] = useState<'silent' | 'loading' | 'playing'>('silent');
  const own = useRef<HTMLAudioElement | undefined>(undefined);
  useEffect(() => () => own.current?.pause(), []);

  async function play() {
    setState('loading');
    try {
      const sound = await load();
      const url = typeof sound === 'string' ? sound : URL.createObjectURL(sound);
      current?.pause();
      const player = new Audio(url);
      current = player;
      own.current = player;
      player.onended = () => setState('silent');
      player.onpause = () => setState('silent');
      await player.play();
      setState('playing');
    } catch (error) {
      setState('silent');
      toast.error(reasonOf(error));
    }
  }

  return { state, toggle: () => void (state === 'playing' ? own.current?.pause() : play()) };
}
