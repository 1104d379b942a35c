import { useEffect } from 'react';

/** Two short tones and a pause, again and again, until it is stopped. */
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

/** Asks whether the page may tell of calls while it is in the background. */
export function askForNotifications(): void {
  if ('Notification' in window && Notification.permission === 'default')
    void Notification.requestPermission();
}

/** Rings while a call does, and tells of it outside the page if that is in the background. `sound`: not where the SDK rings itself. */
export function useRing(ringing: boolean, text: string, sound: boolean): void {
  useEffect(() => (ringing && sound ? startRinging() : undefined), [ringing, sound]);
  useEffect(() => {
    if (!ringing || document.visibilityState !== 'hidden') return;
    if (!('Notification' in window) || Notification.permission !== 'granted') return;
    const told = new Notification(text, { tag: 'branchline-ring', requireInteraction: true });
    told.onclick = () => window.focus();
    return () => told.close();
  }, [ringing, text]);
}
