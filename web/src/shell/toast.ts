import type { ReactNode } from 'react';

/** How a toast is meant. */
export type ToastTone = 'success' | 'info' | 'warning' | 'error';

/** A sentence that is shown in passing. */
export interface Toast {
  /** Another one for each toast, also under the same key. */
  readonly id: number;
  /** A toast takes the place of another one with its key. */
  readonly key: string;
  readonly tone: ToastTone;
  readonly text: string;
  /** What stands below the sentence. */
  readonly detail?: ReactNode;
  /** For how long it is shown. */
  readonly seconds: number;
  /** Whether it is not read out, as something else does that. */
  readonly silent?: boolean;
}

/** What may be set of a toast; its key is its text unless it has one. */
export type ToastOptions = Partial<Pick<Toast, 'key' | 'detail' | 'seconds' | 'silent'>>;

/** How many are shown at once: an older one gives way. */
const most = 4;

const usualSeconds: Readonly<Record<ToastTone, number>> = { success: 3, info: 3, warning: 5, error: 8 };

/** The toasts that are shown, and who looks at them. */
export function createToasts() {
  let shown: readonly Toast[] = [];
  let last = 0;
  const listeners = new Set<() => void>();
  const become = (next: readonly Toast[]) => {
    shown = next;
    for (const tell of listeners) tell();
  };
  const say =
    (tone: ToastTone) =>
    (text: string, options: ToastOptions = {}) => {
      last += 1;
      const toast: Toast = { key: text, seconds: usualSeconds[tone], ...options, id: last, tone, text };
      become([...shown.filter(({ key }) => key !== toast.key), toast].slice(-most));
    };
  return {
    success: say('success'),
    info: say('info'),
    warning: say('warning'),
    error: say('error'),
    close: (id: number) => become(shown.filter((each) => each.id !== id)),
    shown: () => shown,
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/** Tells the user something in passing, at the bottom of whatever page is shown. */
export const toast = createToasts();
