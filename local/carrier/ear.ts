/** Where the caller's keys arrive. Keys pressed while nobody listens are lost, as on the carrier. */
export class Ear {
  #listening = false;
  #keys: string[] = [];
  #silent = false;
  #something = new AbortController();

  /** Begins to listen, with nothing heard. */
  open(): void {
    this.#listening = true;
    this.#keys = [];
    this.#silent = false;
    this.#something = new AbortController();
  }

  close(): void {
    this.#listening = false;
  }

  /** Hears a key; false if nobody listens. */
  press(key: string): boolean {
    if (!this.#listening) return false;
    this.#keys.push(key);
    this.#something.abort();
    return true;
  }

  /** Lets the time to wait for a key be over now; false if nobody listens. */
  silence(): boolean {
    if (!this.#listening) return false;
    this.#silent = true;
    this.#something.abort();
    return true;
  }

  /** Aborted as soon as there is something to take: it cuts short what is heard or waited for. */
  get something(): AbortSignal {
    return this.#something.signal;
  }

  /** The next key in the order they were pressed; `undefined` for silence. */
  take(): string | undefined {
    const key = this.#keys.shift();
    if (this.#keys.length === 0 && !this.#silent) this.#something = new AbortController();
    return key;
  }
}
