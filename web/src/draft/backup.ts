import type { Flow } from '../../../lib/flow/flow.ts';
import type { History } from '../document/history.ts';
import type { DocumentStore } from '../document/store.ts';
import type { Saver } from './saver.ts';
import type { DraftStorage } from './storage.ts';
import { type Place, snapshotOf, unsavedOf } from './unsaved.ts';

/** How long after a change it is kept, with all that was changed meanwhile, in milliseconds. */
const rest = 400;

/** What the backup works on; `told` hears of each write whether the work is kept, `now` tells the time. */
interface Kit {
  readonly store: DocumentStore;
  readonly saver: Saver;
  readonly storage: DraftStorage;
  readonly told: (kept: boolean) => void;
  readonly now: () => Date;
}

/** The state that decides what must be kept. */
interface State {
  readonly history: History;
  readonly base: Flow;
}

/** Keeps unsaved work in a storage until the server has it. */
export class DraftBackup {
  readonly #place: Place;
  readonly #kit: Kit;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #seen: State | undefined;
  /** What was written last, and whether it is known to have arrived. */
  #written: State | undefined;
  #arrived: State | undefined;
  #writing = Promise.resolve(false);

  constructor(place: Place, kit: Kit) {
    this.#place = place;
    this.#kit = kit;
  }

  /** Keeps every change from now on until it is told to stop; what is not kept by then, is then. Resolves like `flush`. */
  follow(): () => Promise<boolean> {
    const { store, saver } = this.#kit;
    const stops = [store.subscribe(this.#look), saver.subscribe(this.#look)];
    return () => {
      for (const stop of stops) stop();
      return this.flush();
    };
  }

  /** Keeps the work as it stands; resolves, once that is over, with whether there is work and it is kept. */
  async flush(): Promise<boolean> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#kit.store.flush();
    const state = this.#state();
    if (!this.#kit.saver.unsaved) await this.#forget();
    else if (!isSame(state, this.#written)) {
      this.#written = state;
      this.#writing = this.#write(state);
    }
    return await this.#writing;
  }

  /** Keeps the work while the page goes away. */
  leave(): void {
    this.#kit.store.flush();
    const state = this.#state();
    if (this.#kit.saver.unsaved && !isSame(state, this.#arrived)) {
      this.#kit.storage.putSnapshot(snapshotOf(this.#work(state)));
    }
    void this.flush();
  }

  readonly #look = (): void => {
    const state = this.#state();
    if (isSame(state, this.#seen)) return;
    this.#seen = state;
    if (!this.#kit.saver.unsaved) void this.flush();
    else this.#timer ??= setTimeout(() => void this.flush(), rest);
  };

  #state(): State {
    const { store, saver } = this.#kit;
    return { history: store.state().history, base: saver.status().base };
  }

  #work({ history, base }: State) {
    const { saver, now } = this.#kit;
    const { etag } = saver.status().revision;
    return unsavedOf({ place: this.#place, etag, base, history, at: now().toISOString() });
  }

  async #write(state: State): Promise<boolean> {
    const { storage, told } = this.#kit;
    const work = this.#work(state);
    let kept = true;
    try {
      await storage.put(work);
      this.#arrived = state;
    } catch {
      // What was written or saved since needs no word.
      kept = this.#written !== state || storage.putSnapshot(snapshotOf(work));
    }
    told(kept);
    return kept;
  }

  async #forget(): Promise<void> {
    if (this.#written === undefined) return;
    this.#written = undefined;
    this.#arrived = undefined;
    this.#writing = Promise.resolve(false);
    await this.#kit.storage.remove(this.#place);
  }
}

function isSame(state: State, other: State | undefined): boolean {
  return state.history === other?.history && state.base === other.base;
}
