import { type Answer, type Posted, posted, type Question } from './question.ts';

/** What a worker can do, as far as this file needs it. */
export interface WorkerPort {
  postMessage(question: Posted): void;
  terminate(): void;
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  onerror: ((event: { readonly message?: string }) => void) | null;
}

/**
 * Asks a worker one question at a time. Of those that come while it thinks only the newest is asked next, so that it never falls
 * behind the one who types. A question that breaks the worker is left without an answer, and the next one gets a new worker.
 */
export class WorkerQueue<Asked extends Question['ask']> {
  readonly #make: () => WorkerPort;
  readonly #told: (answer: Answer<Asked>) => void;
  #thinker: WorkerPort | undefined;
  #isBusy = false;
  #next: (Question & { ask: Asked }) | undefined;

  constructor(make: () => WorkerPort, told: (answer: Answer<Asked>) => void) {
    this.#make = make;
    this.#told = told;
  }

  ask(question: Question & { ask: Asked }): void {
    this.#next = question;
    if (!this.#isBusy) this.#go();
  }

  close(): void {
    this.#thinker?.terminate();
    this.#thinker = undefined;
    this.#next = undefined;
    this.#isBusy = false;
  }

  #go(): void {
    const question = this.#next;
    if (question === undefined) return;
    this.#next = undefined;
    this.#isBusy = true;
    this.#thinker ??= this.#begin();
    this.#thinker.postMessage(posted(question));
  }

  #begin(): WorkerPort {
    const worker = this.#make();
    worker.onmessage = ({ data }) => {
      this.#isBusy = false;
      this.#told(data as Answer<Asked>);
      this.#go();
    };
    worker.onerror = () => {
      worker.terminate();
      this.#thinker = undefined;
      this.#isBusy = false;
      this.#go();
    };
    return worker;
  }
}
