/** What happens while a recording goes on: the caller speaks for a while, or presses a key. */
export type Recorded = { readonly ms: number } | { readonly key: string };

/** Takes what a phone does while it is recorded, in order. */
export class Recorder {
  readonly #heard: Recorded[] = [];
  #silent = false;
  #something = new AbortController();
  #speech: { readonly from: number; readonly ms: number } | undefined;

  /** The caller speaks for so long. */
  speak(ms: number): boolean {
    return this.#hear({ ms });
  }

  press(key: string): boolean {
    return this.#hear({ key });
  }

  /** Lets the silence that ends the recording be over now. */
  silence(): boolean {
    this.#silent = true;
    this.#something.abort();
    return true;
  }

  /** Aborted as soon as there is something to take. */
  get something(): AbortSignal {
    return this.#something.signal;
  }

  /** What has happened next; `undefined` for silence. */
  take(): Recorded | undefined {
    const heard = this.#heard.shift();
    if (this.#heard.length === 0 && !this.#silent) this.#something = new AbortController();
    return heard;
  }

  /** The caller speaks from then on. */
  begin(from: number, ms: number): void {
    this.#speech = { from, ms };
  }

  /** How much of that was spoken by then. */
  spokenMs(now: number): number {
    return this.#speech === undefined ? 0 : Math.min(now - this.#speech.from, this.#speech.ms);
  }

  /** What was spoken has been counted. */
  end(): void {
    this.#speech = undefined;
  }

  #hear(what: Recorded): boolean {
    this.#heard.push(what);
    this.#something.abort();
    return true;
  }
}
