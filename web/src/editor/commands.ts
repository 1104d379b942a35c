import {
  ApartmentOutlined,
  BranchesOutlined,
  CodeOutlined,
  OrderedListOutlined,
  QuestionCircleOutlined,
  RedoOutlined,
  SearchOutlined,
  SettingOutlined,
  UndoOutlined,
} from '@ant-design/icons';
import type { ParseKeys } from 'i18next';
import type { ComponentType } from 'react';
import type { Point } from '../document/geometry.ts';
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
  readonly settings: () => void;
  readonly publish?: (() => void) | undefined;
  /** Opens the phone beside the canvas, and closes it. */
  readonly phone: () => void;
  /** Opens the menu of modules. */
  readonly add: () => void;
  readonly escape: () => void;
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
  readonly group: 'edit' | 'look';
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

const arrows: Readonly<Record<string, Point>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** How far an arrow key moves the selection, in pixels at zoom 1; with Shift, the finer distance. */
const stride = { far: 20, near: 1 };

/** Every command of the editor: keys, buttons, menus and the help read this table. The first one that fits a key wins. */
export const commands: readonly Command[] = [
  {
    ...{ id: 'add', name: 'canvas.addHere', keys: ['A'], scope: 'canvas', edits: true, group: 'edit' },
    run: ({ views }) => views.add(),
  },
  {
    ...{ id: 'note', name: 'canvas.noteAdd', keys: ['N'], scope: 'canvas', edits: true, group: 'edit' },
    run: ({ tools }) => tools.addNote(),
  },
  {
    ...{
      id: 'write',
      name: 'canvas.noteWriteOn',
      keys: ['Enter'],
      scope: 'node',
      edits: true,
      group: 'edit',
    },
    keyOnly: true,
    run: ({ tools }, press) => tools.writeOn(press?.thing),
  },
  {
    ...{ id: 'delete', name: 'canvas.delete', keys: ['Delete', 'Backspace'], scope: 'canvas' },
    ...{ edits: true, group: 'edit' },
    run: ({ tools }) => tools.deleteSelection(),
  },
  {
    ...{ id: 'undo', name: 'canvas.undo', keys: ['Ctrl+Z'], scope: 'form', edits: true, group: 'edit' },
    icon: UndoOutlined,
    run: ({ tools }) => tools.undo(),
  },
  {
    ...{ id: 'redo', name: 'canvas.redo', keys: ['Ctrl+Shift+Z', 'Ctrl+Y'], scope: 'form' },
    ...{ edits: true, group: 'edit', icon: RedoOutlined },
    run: ({ tools }) => tools.redo(),
  },
  { id: 'copy', name: 'canvas.copy', keys: ['Ctrl+C'], scope: 'canvas', group: 'edit' },
  { id: 'cut', name: 'canvas.cut', keys: ['Ctrl+X'], scope: 'canvas', edits: true, group: 'edit' },
  { id: 'paste', name: 'canvas.paste', keys: ['Ctrl+V'], scope: 'canvas', edits: true, group: 'edit' },
  {
    ...{
      id: 'duplicate',
      name: 'canvas.duplicate',
      keys: ['Ctrl+D'],
      scope: 'canvas',
      edits: true,
      group: 'edit',
    },
    run: ({ tools }) => tools.duplicate(),
  },
  {
    ...{
      id: 'arrange',
      name: 'canvas.arrange',
      keys: ['Shift+T'],
      scope: 'canvas',
      edits: true,
      group: 'edit',
    },
    icon: ApartmentOutlined,
    run: ({ tools }) => tools.arrange(),
  },
  {
    ...{ id: 'save', name: 'canvas.save', keys: ['Ctrl+S'], scope: 'everywhere', edits: true, group: 'look' },
    run: ({ views }) => views.save(),
  },
  {
    ...{ id: 'phone', name: 'phone.open', keys: ['P'], scope: 'canvas', group: 'look' },
    run: ({ views }) => views.phone(),
  },
  {
    ...{ id: 'publish', name: 'canvas.publish', keys: [], scope: 'canvas', group: 'look' },
    has: ({ views }) => views.publish !== undefined,
    run: ({ views }) => views.publish?.(),
  },
  {
    ...{
      id: 'find',
      name: 'canvas.find',
      keys: ['Ctrl+F'],
      scope: 'page',
      group: 'look',
      icon: SearchOutlined,
    },
    run: ({ views }) => views.find(),
  },
  {
    ...{ id: 'problems', name: 'canvas.problems', keys: [], scope: 'canvas', group: 'look' },
    run: ({ views }) => views.problems(),
  },
  {
    ...{
      id: 'callers',
      name: 'callers.title',
      keys: [],
      scope: 'canvas',
      group: 'look',
      icon: BranchesOutlined,
    },
    run: ({ views }) => views.callers(),
  },
  {
    ...{
      id: 'scripts',
      name: 'scripts.title',
      keys: [],
      scope: 'canvas',
      group: 'look',
      icon: OrderedListOutlined,
    },
    has: ({ views }) => views.scripts !== undefined,
    run: ({ views }) => views.scripts?.(),
  },
  {
    ...{ id: 'json', name: 'canvas.json', keys: [], scope: 'canvas', group: 'look', icon: CodeOutlined },
    run: ({ views }) => views.json(),
  },
  {
    ...{
      id: 'settings',
      name: 'canvas.settings',
      keys: [],
      scope: 'canvas',
      group: 'look',
      icon: SettingOutlined,
    },
    run: ({ views }) => views.settings(),
  },
  {
    ...{ id: 'all', name: 'canvas.selectAll', keys: ['Ctrl+A'], scope: 'canvas', group: 'look' },
    run: ({ tools }) => tools.selectAll(),
  },
  {
    ...{ id: 'move', name: 'canvas.move', scope: 'node', edits: true, group: 'look', keyOnly: true },
    keys: Object.keys(arrows).flatMap((key) => [key, `Shift+${key}`]),
    run({ tools }, press) {
      const [x, y] = arrows[press?.key ?? ''] ?? [0, 0];
      const distance = press?.shiftKey === true ? stride.near : stride.far;
      tools.nudge([x * distance, y * distance]);
    },
  },
  {
    ...{ id: 'help', name: 'canvas.shortcuts', keys: ['?'], scope: 'canvas', group: 'look' },
    icon: QuestionCircleOutlined,
    run: ({ views }) => views.help(),
  },
  {
    ...{
      id: 'escape',
      name: 'canvas.unselect',
      keys: ['Escape'],
      scope: 'canvas',
      group: 'look',
      keyOnly: true,
    },
    run: ({ views }) => views.escape(),
  },
];

/** The command of an id. Throws for an id that is not in the table. */
export function commandOf(id: string): Command {
  const found = commands.find((each) => each.id === id);
  if (found === undefined) throw new Error(`There is no command “${id}”.`);
  return found;
}

/** Whether a user of this editor has a command. */
export function isThere(command: Command, kit: CommandKit): boolean {
  return (command.edits !== true || kit.mayEdit) && (command.has?.(kit) ?? true);
}
