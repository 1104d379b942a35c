import { noSounds, type Sounds, withSounds } from '../flow/sounds.ts';
import { isSound, type Verb } from '../flow/verbs.ts';
import { fills, joined, type Said } from './speak.ts';

/**
 * Above this many bytes of speech, the document ends after the current node, and the next document continues. One more node adds
 * at most two prompts of 16 KB, and a document may have 64 KB.
 */
const fullBytes = 24 * 1024;

/** Collects what the nodes of a step say into one document. */
export class Sayings {
  /** Whether something was said since the last wait for the caller. */
  spoke: boolean;
  private said: Said[] = [];

  constructor(spoke: boolean) {
    this.spoke = spoke;
  }

  /** Adds the verbs of a node, with texts replaced by the version's recordings (`sounds`). */
  add(verbs: readonly Verb[], interruptible = false, sounds: Sounds = noSounds): void {
    if (verbs.length === 0) return;
    if (verbs.some(isSound)) this.spoke = true;
    const said = { verbs: sounding(verbs, sounds), interruptible };
    if (this.said.length === 0) this.said = [said];
    else this.said.push(said);
  }

  /** Whether the document should end here, and the next one continue. */
  get isFull(): boolean {
    const [first, ...more] = this.said;
    if (first === undefined) return false;
    return fills(more.length === 0 ? first.verbs : this.said.flatMap(({ verbs }) => verbs), fullBytes);
  }

  /** The document. */
  get verbs(): Verb[] {
    return joined(this.said);
  }
}

/** The verbs with texts replaced by the version's recordings; unchanged if it has none. */
export function sounding(verbs: readonly Verb[], sounds: Sounds = noSounds): readonly Verb[] {
  return sounds === noSounds ? verbs : withSounds(verbs, sounds);
}
