import type { ReactNode } from 'react';
import type { Draft, Remote } from '../draft/remote.ts';
import type { SaveState } from './save.ts';

/** What the editor is given by the page around it. */
export interface EditorProps {
  /** The draft as it was read; the editor works on a copy. Another flow needs another `key`. */
  readonly draft: Draft;
  readonly remote: Remote;
  /** Whose unsaved work is kept and offered. */
  readonly user: string;
  /** What the user's role may do; what it may not is not offered. */
  readonly may: { readonly edit: boolean; readonly publish: boolean; readonly despite?: boolean };
  readonly back: () => void;
  /** What the bar says below the name; left out, what is saved and live. */
  readonly statusText?: ReactNode;
  /** What can be done once a version is live, such as calling it; `numbers` reach the flow, and `renew` reads them again. */
  readonly after?: (numbers: readonly string[], renew: () => void) => ReactNode;
  /** What the page shows at the far right of the bar, such as versions. `losing`: unsaved work would go with the page. */
  readonly extra?: (state: SaveState, losing: boolean) => ReactNode;
}
