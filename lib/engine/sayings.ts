import { noSounds, type Sounds, withSounds } from '../flow/sounds.ts';
import { isSound, type Verb } from '../flow/verbs.ts';
import { fills, joined, type Said } from './speak.ts';

/**
 * Past this many bytes of speech a document ends at a node's end and the next one goes on: one more node adds two
 * prompts of 16 KB at most, and a document may have 64 KB.
 */
const fullBytes = 24 * 1024;

/** What the nodes of a step say: the document in the making. */
export class Sayings {
  /** Whether something was said since the caller was last waited for. */
  spoke: boolean;
  private said: Said[] = [];

  constructor(spoke: boolean) {
    this.spoke = spoke;
  }

  /** A node says something, as its version sounds. */
  add(verbs: readonly Verb[], interruptible = false, sounds: Sounds = noSounds): void {
    if (verbs.length === 0) return;
    if (verbs.some(isSound)) this.spoke = true;
    const said = { verbs: sounding(verbs, sounds), interruptible };
    if (this.said.length === 0) this.said = [said];
    else this.said.push(said);
  }

  /** Whether the document should end here, and the next one go on. */
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

/** The verbs as a version sounds; as they are if it has no sounds of its own. */
export function sounding(verbs: readonly Verb[], sounds: Sounds = noSounds): readonly Verb[] {
  return sounds === noSounds ? verbs : withSounds(verbs, sounds);
}
