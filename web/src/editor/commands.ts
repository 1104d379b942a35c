import {
  ApartmentOutlined,
  BranchesOutlined,
  CodeOutlined,
  OrderedListOutlined,
  QuestionCircleOutlined,
  RedoOutlined,
  SearchOutlined,
  SettingOutlined,
  TableOutlined,
  UndoOutlined,
} from '@ant-design/icons';
import type { Point } from '../document/geometry.ts';
import type { Command, CommandKit } from './command.ts';
import { navigationCommands } from './navigationcommands.ts';

const arrows: Readonly<Record<string, Point>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** How far an arrow key moves the selection with Shift and, more finely, with Ctrl, in pixels at zoom 1. */
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
    ...{
      id: 'prompts',
      name: 'prompts.title',
      keys: [],
      scope: 'canvas',
      group: 'look',
      icon: TableOutlined,
    },
    run: ({ views }) => views.prompts(),
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
    keys: Object.keys(arrows).flatMap((key) => [`Shift+${key}`, `Ctrl+${key}`]),
    run({ tools }, press) {
      const [x, y] = arrows[press?.key ?? ''] ?? [0, 0];
      const distance = press?.shiftKey === true ? stride.far : stride.near;
      tools.nudge([x * distance, y * distance]);
    },
  },
  {
    ...{ id: 'help', name: 'canvas.shortcuts', keys: ['?'], scope: 'canvas', group: 'look' },
    icon: QuestionCircleOutlined,
    run: ({ views }) => views.help(),
  },
  ...navigationCommands,
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
