import { quietly } from '../draft/quietly.ts';

/** A choice of the user that this browser keeps; `undefined` if there is none, or the browser may keep nothing. */
export function recall(name: string): string | undefined {
  return quietly(() => localStorage.getItem(name)) ?? undefined;
}

/** Keeps a choice of the user in this browser, if it may keep anything. */
export function remember(name: string, choice: string): void {
  quietly(() => localStorage.setItem(name, choice));
}
