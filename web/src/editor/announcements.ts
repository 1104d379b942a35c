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

  /** Tells a text. The same text twice in a row is told twice: only what differs is read out. */
  readonly tell = (text: string): void => {
    this.#told = text === this.#told ? `${text}\u00a0` : text;
    for (const listener of this.#listeners) listener();
  };
}

/** The announcements of the editor around. */
export const AnnouncementsContext = createContext(new Announcements());
