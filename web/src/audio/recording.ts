import { largestSeconds } from '../../../lib/flow/upload.ts';
import { monoOf, wavOf } from './wav.ts';

/** The rate that recordings are written with, in Hz: more than phone lines carry, and five minutes of it fit an upload. */
const recordedRate = 8000;

/** A recording that goes on. */
export interface Recording {
  /** How loud it is at present, from 0 to 1. */
  level(): number;
  /** Ends it. Resolves with a WAV. */
  stop(): Promise<ArrayBuffer>;
  /** Ends it and forgets what was recorded. */
  cancel(): void;
}

/**
 * Begins to record from the microphone; it ends by itself after five minutes, the longest audio. Rejects if the browser has no
 * microphone, or the user does not allow it.
 */
export async function record(): Promise<Recording> {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  context.createMediaStreamSource(stream).connect(analyser);
  const wave = new Float32Array(analyser.fftSize);
  const recorder = new MediaRecorder(stream);
  const chunks: Blob[] = [];
  recorder.ondataavailable = ({ data }) => chunks.push(data);
  const ended = new Promise<void>((done) => {
    recorder.onstop = () => done();
  });
  const end = () => {
    clearTimeout(longest);
    if (recorder.state !== 'inactive') recorder.stop();
    for (const track of stream.getTracks()) track.stop();
    if (context.state !== 'closed') void context.close();
  };
  const longest = setTimeout(end, (largestSeconds - 1) * 1000);
  recorder.start();
  return {
    level() {
      analyser.getFloatTimeDomainData(wave);
      return Math.min(1, Math.max(...wave.map(Math.abs)));
    },
    async stop() {
      end();
      await ended;
      // Browsers record WebM or MP4, which the library refuses: a WAV is written of what they decode.
      const bytes = await new Blob(chunks, { type: recorder.mimeType }).arrayBuffer();
      const decoder = new OfflineAudioContext(1, 1, recordedRate);
      const sound = await decoder.decodeAudioData(bytes);
      const channels = Array.from({ length: sound.numberOfChannels }, (_, index) =>
        sound.getChannelData(index),
      );
      return wavOf(monoOf(channels), sound.sampleRate);
    },
    cancel: end,
  };
}
