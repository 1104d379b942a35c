import { useEffect } from 'react';
import { notify } from './notify.ts';

/** Plays two short tones every three seconds; returns what stops them. */
function startRinging(): () => void {
  const sound = new AudioContext();
  const beep = () => {
    for (const begins of [0, 0.4]) {
      const tone = sound.createOscillator();
      const loudness = sound.createGain();
      loudness.gain.value = 0.15;
      tone.frequency.value = 440;
      tone.connect(loudness).connect(sound.destination);
      tone.start(sound.currentTime + begins);
      tone.stop(sound.currentTime + begins + 0.3);
    }
  };
  beep();
  const timer = setInterval(beep, 3000);
  return () => {
    clearInterval(timer);
    void sound.close();
  };
}

/** Asks whether the page may show notifications of calls while it is in the background. */
export function askForNotifications(): void {
  if ('Notification' in window && Notification.permission === 'default')
    void Notification.requestPermission();
}

/**
 * Rings while a call does, and shows a notification if the page is in the background. `sound` is false if the SDK makes the sound
 * itself.
 */
export function useRing(ringing: boolean, text: string, sound: boolean): void {
  useEffect(() => (ringing && sound ? startRinging() : undefined), [ringing, sound]);
  useEffect(() => (ringing ? notify(text) : undefined), [ringing, text]);
}
