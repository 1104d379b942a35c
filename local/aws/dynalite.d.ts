declare module 'dynalite' {
  import type { Server } from 'node:http';

  /** What the embedded DynamoDB takes; without `path` it lives in memory. */
  interface Options {
    readonly path?: string;
    readonly createTableMs?: number;
    readonly deleteTableMs?: number;
    readonly updateTableMs?: number;
  }

  export default function dynalite(options?: Options): Server;
}
