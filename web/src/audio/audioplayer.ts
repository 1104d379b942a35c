import { useEffect, useRef, useState } from 'react';
import { reasonOf } from '../api/refusal.ts';
import { toast } from '../shell/toast.ts';

/** The one sound that the page plays; another that begins ends it. */
let current: HTMLAudioElement | undefined;

/**
 * Plays a sound and stops it, also while it is loaded. `load` resolves with its bytes or its URL; why it cannot be heard is told in a
 * toast. Nothing is heard any more of a component that is gone.
 */
export function useAudioPlayer(load: () => Promise<Blob | string>) {
  const [state, setState] = useState<'silent' | 'loading' | 'playing'>('silent');
  const playing = useRef<AbortController>(undefined);
  useEffect(() => () => playing.current?.abort(), []);

  async function play() {
    const own = new AbortController();
    playing.current = own;
    const { signal } = own;
    setState('loading');
    try {
      const sound = await load();
      if (signal.aborted) return;
      const url = typeof sound === 'string' ? sound : URL.createObjectURL(sound);
      current?.pause();
      const player = new Audio(url);
      current = player;
      const end = () => {
        if (typeof sound !== 'string') URL.revokeObjectURL(url);
        if (playing.current === own) setState('silent');
      };
      player.onended = end;
      player.onpause = end;
      signal.addEventListener('abort', () => player.pause(), { once: true });
      await player.play();
      if (!signal.aborted) setState('playing');
    } catch (error) {
      if (signal.aborted) return;
      setState('silent');
      // Another sound may have begun before this one.
      if (!(error instanceof DOMException && error.name === 'AbortError')) toast.error(reasonOf(error));
    }
  }

  const stop = () => {
    playing.current?.abort();
    setState('silent');
  };
  return { state, toggle: () => (state === 'silent' ? void play() : stop()) };
}
