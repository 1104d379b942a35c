import type { ParseKeys } from 'i18next';
import type { ComponentType } from 'react';
import type { Tools } from './tools.ts';

/** What the editor opens, closes and saves. A view that this user or this page does not have is left out. */
export interface Views {
  readonly save: () => void;
  readonly find: () => void;
  readonly help: () => void;
  readonly problems: () => void;
  /** Shows what holds for all calls. */
  readonly callers: () => void;
  readonly json: () => void;
  readonly scripts?: (() => void) | undefined;
  /** Shows all prompts of the flow as a table over the drawing, and back. */
  readonly prompts: () => void;
  readonly settings: () => void;
  readonly publish?: (() => void) | undefined;
  /** Opens the phone beside the canvas, and closes it. */
  readonly phone: () => void;
  /** Opens the menu of modules. */
  readonly add: () => void;
  /** Asks where an exit of a node shall lead. */
  readonly connect: (node: string) => void;
  /** Lists all commands. */
  readonly palette: () => void;
  /** Shows the flow as a list in place of the drawing, and back. */
  readonly outline: () => void;
  /** Leaves the innermost of what is open. */
  readonly escape: (from: EventTarget | null) => void;
}

/** What a command works with. */
export interface CommandKit {
  readonly tools: Tools;
  readonly views: Views;
  readonly mayEdit: boolean;
}

/**
 * Where a command's keys work: `everywhere`, or not in a dialog (`page`), or on the canvas and in the fields of its forms
 * (`form`), or only while neither a field nor a dialog has the focus (`canvas`), and, for `node`, no button either.
 */
export type Scope = 'everywhere' | 'page' | 'form' | 'canvas' | 'node';

/** The key that called a command. */
export interface Press {
  readonly key: string;
  readonly shiftKey: boolean;
  /** The id of the node or note that has the focus. */
  readonly thing?: string | undefined;
  readonly target: EventTarget | null;
}

/** One thing that a user can do by key, button, menu or palette. */
export interface Command {
  readonly id: string;
  /** The key of its name in the words of the console. */
  readonly name: ParseKeys;
  /** Its keys, such as `Ctrl+Shift+Z`; `Ctrl` is Command on a Mac. The first one is shown on buttons. */
  readonly keys: readonly string[];
  readonly scope: Scope;
  readonly icon?: ComponentType;
  /** Whether it changes the flow, so that only editors have it. */
  readonly edits?: boolean;
  /** Which column of the help it stands in. */
  readonly group: 'edit' | 'look' | 'walk';
  /** Whether it is there at all; left out: it is. */
  readonly has?: (kit: CommandKit) => boolean;
  /**
   * Left out for what the browser's own clipboard events do. Returns `false` if there was nothing to do: then the key goes on to
   * the browser.
   */
  readonly run?: (kit: CommandKit, press?: Press) => unknown;
  /** Whether it makes sense only as a key, as arrows do, and is left out of menus and the palette. */
  readonly keyOnly?: boolean;
}
