import type { Flow } from '../../../lib/flow/flow.ts';

/** Work that is not on the server yet, with what it is based on. */
export interface Unsaved {
  /** The revision it began with. */
  readonly etag: string;
  /** The document of that revision. */
  readonly base: Flow;
  readonly flow: Flow;
  readonly at: string;
}

/** As much of the browser's storage as is needed here. */
export interface Shelf {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** Keeps the work on a flow over reloads and closed tabs; false where the browser has no room for it. */
export function keep(shelf: Shelf, unsaved: Unsaved): boolean {
  try {
    shelf.setItem(place(unsaved.flow.id), JSON.stringify(unsaved));
    return true;
  } catch {
    return false;
  }
}

/** The work on a flow that was kept; undefined where there is none, or none that can be read. */
export function kept(shelf: Shelf, id: string): Unsaved | undefined {
  try {
    const found: Unsaved | null = JSON.parse(shelf.getItem(place(id)) ?? 'null');
    return found?.flow?.id === id && typeof found.base?.nodes === 'object' ? found : undefined;
  } catch {
    return undefined;
  }
}

/** Forgets the kept work on a flow. */
export function forget(shelf: Shelf, id: string): void {
  shelf.removeItem(place(id));
}

function place(id: string): string {
  return `branchline.unsaved.${id}`;
}
