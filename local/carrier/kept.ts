import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Parties } from './fields.ts';

/** A current call, as it is kept for a later carrier. */
export interface KeptCall extends Parties {
  readonly sid: string;
  /** When it began, in milliseconds since 1970. */
  readonly createdAt: number;
  /** Where its end is told. */
  readonly statusCallback: string;
}

const ending = '.json';
const directions: readonly unknown[] = ['inbound', 'outbound-api', 'outbound-dial'];

/** The current calls of a carrier in a folder, one file each: if it is killed, a later carrier tells that they are over. */
export class KeptCalls {
  readonly #folder: string;
  readonly #home: string;

  /** `home` is the public origin of the carrier's own application, which a later carrier may reach under another one. */
  constructor(folder: string, home: string) {
    this.#folder = folder;
    this.#home = home;
  }

  /** Keeps a call until {@link drop}. The write is atomic. */
  keep(call: KeptCall): void {
    const { statusCallback: url } = call;
    const statusCallback = url.startsWith(`${this.#home}/`) ? url.slice(this.#home.length) : url;
    const file = this.#fileOf(call.sid);
    writeFileSync(`${file}.new`, JSON.stringify({ ...call, statusCallback }), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }

  drop(sid: string): void {
    rmSync(this.#fileOf(sid), { force: true });
  }

  /** The calls that an earlier carrier left. Files that hold no call are removed. */
  left(): KeptCall[] {
    return readdirSync(this.#folder).flatMap((name) => {
      const call = this.#read(name);
      if (call === undefined) rmSync(join(this.#folder, name), { recursive: true, force: true });
      return call ?? [];
    });
  }

  #read(name: string): KeptCall | undefined {
    try {
      const call = JSON.parse(readFileSync(join(this.#folder, name), 'utf8'));
      const statusCallback = new URL(call.statusCallback, this.#home).href;
      const { sid, from, to, direction, createdAt } = call;
      const isWhole =
        [from, to].every((party) => typeof party === 'string') && directions.includes(direction);
      if (!isWhole || name !== `${sid}${ending}` || !Number.isFinite(createdAt)) return undefined;
      return { ...call, statusCallback };
    } catch {
      return undefined;
    }
  }

  #fileOf(sid: string): string {
    return join(this.#folder, `${sid}${ending}`);
  }
}
