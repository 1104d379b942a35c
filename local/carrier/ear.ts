/** Receives the caller's keys. Keys that are pressed while none is awaited are lost, as at Twilio. */
export class Ear {
  #listening = false;
  #keys: string[] = [];
  #silent = false;
  #something = new AbortController();

  /** Starts to take keys; earlier ones are dropped. */
  open(): void {
    this.#listening = true;
    this.#keys = [];
    this.#silent = false;
    this.#something = new AbortController();
  }

  close(): void {
    this.#listening = false;
  }

  /** Takes a key; `false` if none is awaited. */
  press(key: string): boolean {
    if (!this.#listening) return false;
    this.#keys.push(key);
    this.#something.abort();
    return true;
  }

  /** Ends the wait for a key now; `false` if none is awaited. */
  silence(): boolean {
    if (!this.#listening) return false;
    this.#silent = true;
    this.#something.abort();
    return true;
  }

  /** Aborted when there is something to take, which interrupts sounds and waits. */
  get something(): AbortSignal {
    return this.#something.signal;
  }

  /** The next key; `undefined` for silence. */
  take(): string | undefined {
    const key = this.#keys.shift();
    if (this.#keys.length === 0 && !this.#silent) this.#something = new AbortController();
    return key;
  }
}
