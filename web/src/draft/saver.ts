import type { Flow } from '../../../lib/flow/flow.ts';
import type { Problem } from '../../../lib/flow/problem.ts';
import { same } from '../../../lib/flow/same.ts';
import { replace } from '../document/edits.ts';
import type { DocumentStore } from '../document/store.ts';
import { withLayout } from '../layout/layout.ts';
import type { Draft, Remote, Revision } from './remote.ts';

/** A draft that both have changed: what mine began with, and what is saved now. */
export interface Conflict {
  readonly base: Flow;
  readonly theirs: Draft;
}

/** Why the last save failed. */
export interface SaveFailure {
  /** In words; empty if nothing is known. */
  readonly reason: string;
  /** Whether the server answered: then the same save will be refused again. */
  readonly refused: boolean;
}

/** The work compared with the draft on the server. */
export interface SaveStatus {
  readonly revision: Revision;
  /** The document of that revision. */
  readonly base: Flow;
  readonly saving: boolean;
  readonly publishing: boolean;
  readonly conflict: Conflict | undefined;
  /** Why the last save failed; `undefined` if it did not. */
  readonly failure: SaveFailure | undefined;
}

/**
 * The result of a publish; `kept back` if what was to be published is not what the server holds: because it could not be saved,
 * then with the reason, or because somebody else saved.
 */
export type Published =
  | { readonly outcome: 'published'; readonly version: number }
  | { readonly outcome: 'refused'; readonly reason: string; readonly problems: readonly Problem[] }
  | { readonly outcome: 'kept back'; readonly failure?: SaveFailure | undefined };

/** Saves the document of a store to the server, one request at a time. Subscribers are told of every change. */
export class Saver {
  readonly #store: DocumentStore;
  readonly #remote: Remote;
  readonly #listeners = new Set<() => void>();
  #standing: SaveStatus;
  #running: Promise<boolean> | undefined;
  /** What was sent without an answer since the last save that arrived; any of it may have arrived. */
  #unanswered: readonly Flow[] = [];

  constructor(store: DocumentStore, remote: Remote, { flow: base, ...revision }: Draft) {
    this.#store = store;
    this.#remote = remote;
    this.#standing = {
      ...{ revision, base, saving: false, publishing: false },
      ...{ conflict: undefined, failure: undefined },
    };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly status = (): SaveStatus => this.#standing;

  /** Whether the document is not what the server holds. */
  get unsaved(): boolean {
    return !same(this.#store.flow, this.#standing.base);
  }

  /** Saves what is not saved, after a save that is under way; `true` if the draft then holds the document. */
  readonly save = async (): Promise<boolean> => {
    // Two with the same revision would meet each other as if somebody else had saved.
    while (this.#running !== undefined) if (!(await this.#running)) return false;
    this.#running = this.#save().finally(() => {
      this.#running = undefined;
      this.#show({ saving: false });
    });
    return await this.#running;
  };

  /** Saves what is not saved and publishes it, and nothing else. Rejected with an Error for people like the remote. */
  readonly publish = async (note: string, despite?: string): Promise<Published> => {
    this.#show({ publishing: true });
    try {
      if (!(await this.save())) return { outcome: 'kept back', failure: this.#standing.failure };
      const { revision, base } = this.#standing;
      const published = await this.#remote.publish(note, revision.etag, despite);
      if (published.outcome === 'stale') {
        if (this.#meets(published.draft, base)) return await this.publish(note, despite);
        return { outcome: 'kept back' };
      }
      if (published.outcome === 'published') {
        const { version } = published;
        this.updateVersions({ live: version, newest: version, changed: false });
      }
      return published;
    } finally {
      this.#show({ publishing: false });
    }
  };

  /** Goes on from their draft with a document that the user has chosen; saves nothing by itself. */
  readonly rebase = ({ flow: base, ...revision }: Draft): void => {
    this.#show({ revision, base, conflict: undefined });
  };

  /** Shows a conflict to the user, or postpones it. */
  readonly showConflict = (conflict: Conflict | undefined): void => {
    this.#show({ conflict });
  };

  /** Takes over a new state of the draft's versions. */
  readonly updateVersions = (news: Partial<Pick<Revision, 'live' | 'newest' | 'changed'>>): void => {
    this.#show({ revision: { ...this.#standing.revision, ...news } });
  };

  /**
   * Takes over what another page of this browser has saved: the whole draft if nothing is unsaved here, else nothing, and the next
   * save meets it. While a request is under way, that one tells.
   */
  readonly receive = ({ flow, ...revision }: Draft): 'taken' | 'behind' | 'known' => {
    const { status } = this;
    const { revision: own, saving, publishing } = status();
    if (saving || publishing) return 'known';
    if (revision.etag === own.etag) {
      this.updateVersions(revision);
      return 'known';
    }
    this.#store.flush();
    if (this.unsaved) return 'behind';
    this.#store.apply(replace(this.#store.flow, flow, 'take'));
    this.rebase({ flow, ...revision });
    return 'taken';
  };

  async #save(): Promise<boolean> {
    const { revision, base } = this.#standing;
    this.#store.endStep();
    const sent = this.#store.flow;
    if (same(sent, base)) {
      this.#show({ failure: undefined });
      return true;
    }
    this.#show({ saving: true, failure: undefined });
    try {
      const saved = await this.#remote.save(sent, revision.etag);
      if (saved.outcome === 'stale') return this.#meets(saved.draft, base, sent) ? await this.#save() : false;
      if (saved.outcome === 'saved') {
        this.#unanswered = [];
        this.#show({ revision: { ...this.#standing.revision, ...saved.revision }, base: sent });
      } else this.#show({ failure: { reason: saved.reason, refused: true } });
      return saved.outcome === 'saved';
    } catch (error) {
      this.#unanswered = [...this.#unanswered, sent];
      this.#show({ failure: { reason: error instanceof Error ? error.message : '', refused: false } });
      return false;
    }
  }

  /** Goes on from a draft that says nothing new, such as one that was sent from here; else puts the conflict to the user. */
  #meets(found: Draft, base: Flow, sent?: Flow): boolean {
    const theirs = { ...found, flow: withLayout(found.flow) };
    const known = [base, sent, ...this.#unanswered].some(
      (flow) => flow !== undefined && same(theirs.flow, flow),
    );
    if (known) this.rebase(theirs);
    else this.showConflict({ base, theirs });
    return known;
  }

  #show(change: Partial<SaveStatus>): void {
    this.#standing = { ...this.#standing, ...change };
    for (const listener of this.#listeners) listener();
  }
}
