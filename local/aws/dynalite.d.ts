declare module 'dynalite' {
  import type { Server } from 'node:http';

  /** The options of dynalite; without `path` the data is in memory. */
  interface Options {
    readonly path?: string;
    readonly createTableMs?: number;
    readonly deleteTableMs?: number;
    readonly updateTableMs?: number;
  }

  export default function dynalite(options?: Options): Server;
}
