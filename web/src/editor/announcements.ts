import { createContext } from 'react';

/** What is told to those who listen, beside the steps that the history tells: what was folded, and what was refused and why. */
export class Announcements {
  #told = '';
  readonly #listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly told = (): string => this.#told;

  readonly tell = (text: string): void => {
    this.#told = saidAgain(text, this.#told);
    for (const listener of this.#listeners) listener();
  };
}

/** A text as it is said after another one: only what differs is read out, so the same text twice in a row differs by a space. */
export function saidAgain(text: string, before: string): string {
  return text === before ? `${text}\u00a0` : text;
}

/** The announcements of the editor around. */
export const AnnouncementsContext = createContext(new Announcements());
