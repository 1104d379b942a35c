/** What happens during a recording: the caller speaks for some milliseconds, or presses a key. */
export type Recorded = { readonly ms: number } | { readonly key: string };

/** Collects what a phone does during a recording, in order. */
export class Recorder {
  readonly #heard: Recorded[] = [];
  #silent = false;
  #something = new AbortController();
  #speech: { readonly from: number; readonly ms: number } | undefined;

  /** The caller speaks for `ms` milliseconds. */
  speak(ms: number): boolean {
    return this.#hear({ ms });
  }

  press(key: string): boolean {
    return this.#hear({ key });
  }

  /** Ends the recording by silence now. */
  silence(): boolean {
    this.#silent = true;
    this.#something.abort();
    return true;
  }

  /** Aborted when there is something to take. */
  get something(): AbortSignal {
    return this.#something.signal;
  }

  /** What happened next; `undefined` for silence. */
  take(): Recorded | undefined {
    const heard = this.#heard.shift();
    if (this.#heard.length === 0 && !this.#silent) this.#something = new AbortController();
    return heard;
  }

  /** The caller begins to speak at the time `from`, for `ms` milliseconds. */
  begin(from: number, ms: number): void {
    this.#speech = { from, ms };
  }

  /** How much of that was spoken until `now`, in milliseconds. */
  spokenMs(now: number): number {
    return this.#speech === undefined ? 0 : Math.min(now - this.#speech.from, this.#speech.ms);
  }

  /** The speech is over and was counted. */
  end(): void {
    this.#speech = undefined;
  }

  #hear(what: Recorded): boolean {
    this.#heard.push(what);
    this.#something.abort();
    return true;
  }
}
