import type { Command } from './command.ts';

const arrowKeys = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'] as const;

/** The commands that go through a flow, nearer to it and away from it. */
export const navigationCommands: readonly Command[] = [
  {
    ...{ id: 'palette', name: 'canvas.palette', keys: ['Ctrl+K'], scope: 'page', group: 'look' },
    keyOnly: true,
    run: ({ views }) => views.palette(),
  },
  {
    ...{ id: 'open', name: 'canvas.open', keys: ['Enter', 'Space'], scope: 'node', group: 'walk' },
    keyOnly: true,
    run: ({ tools }, press) => tools.writeOn(press?.thing) || tools.open(press?.thing),
  },
  {
    ...{ id: 'walk', name: 'canvas.walk', keys: arrowKeys, scope: 'node', group: 'walk', keyOnly: true },
    run: ({ tools }, press) => tools.walk(press?.key ?? '', press?.thing),
  },
  {
    ...{ id: 'connect', name: 'canvas.connect', keys: ['C'], scope: 'canvas', edits: true, group: 'walk' },
    run({ tools, views }, press) {
      const node = tools.nodeAt(press?.thing);
      if (node === undefined) return false;
      return views.connect(node);
    },
  },
  {
    ...{ id: 'fold', name: 'canvas.fold', keys: ['F'], scope: 'canvas', group: 'walk' },
    run({ tools }, press) {
      const node = tools.nodeAt(press?.thing);
      if (node === undefined) return false;
      return tools.fold(node);
    },
  },
  {
    ...{ id: 'unfoldAll', name: 'canvas.unfoldAll', keys: ['Shift+F'], scope: 'canvas', group: 'walk' },
    run: ({ tools }) => tools.unfoldAll(),
  },
  {
    ...{ id: 'outline', name: 'canvas.outline', keys: ['O'], scope: 'canvas', group: 'walk' },
    run: ({ views }) => views.outline(),
  },
  {
    ...{ id: 'zoomIn', name: 'canvas.zoomIn', keys: ['+', '='], scope: 'canvas', group: 'walk' },
    run: ({ tools }) => tools.zoom(1.25),
  },
  {
    ...{ id: 'zoomOut', name: 'canvas.zoomOut', keys: ['-'], scope: 'canvas', group: 'walk' },
    run: ({ tools }) => tools.zoom(0.8),
  },
  {
    ...{ id: 'fit', name: 'canvas.fit', keys: ['0'], scope: 'canvas', group: 'walk' },
    run: ({ tools }) => tools.zoom('fit'),
  },
  {
    ...{ id: 'natural', name: 'canvas.natural', keys: ['1'], scope: 'canvas', group: 'walk' },
    run: ({ tools }) => tools.zoom('natural'),
  },
  {
    ...{ id: 'escape', name: 'canvas.leave', keys: ['Escape'], scope: 'form', group: 'walk', keyOnly: true },
    run: ({ views }, press) => views.escape(press?.target ?? null),
  },
];
