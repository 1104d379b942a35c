import { useEffect } from 'react';
import type { Point } from '../document/geometry.ts';
import type { Tools } from './tools.ts';

/** What keys do beside the tools. */
export interface Openers {
  save(): void;
  find(): void;
  help(): void;
  /** Opens the menu of modules. */
  add(): void;
  escape(): void;
}

const arrows: Readonly<Record<string, Point>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** How far an arrow key moves the selection; with Shift, the finer distance. */
const stride = { far: 20, near: 1 };

/** Answers the keys of the editor, and the clipboard, while it is shown. Keys for a text field stay with the field. */
export function useKeyboard(tools: Tools, openers: Openers, mayEdit: boolean): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.isComposing || event.defaultPrevented) return;
      const action = anywhere(event, openers) ?? (mayEdit ? undoing(event, tools) : undefined);
      const chosen = action ?? (isBusy(event.target) ? undefined : onCanvas(event, tools, openers, mayEdit));
      if (chosen === undefined) return;
      event.preventDefault();
      chosen();
    };
    const clip = (event: ClipboardEvent) => {
      if (isBusy(event.target) || event.clipboardData === null) return;
      if (event.type === 'paste') {
        if (mayEdit) tools.pasteText(event.clipboardData.getData('text/plain'));
      } else {
        if (String(window.getSelection() ?? '') !== '') return;
        const text = event.type === 'cut' && mayEdit ? tools.cutSelection() : tools.copySelection();
        if (text === undefined) return;
        event.clipboardData.setData('text/plain', text);
      }
      event.preventDefault();
    };
    window.addEventListener('keydown', press);
    for (const type of ['copy', 'cut', 'paste'] as const) document.addEventListener(type, clip);
    return () => {
      window.removeEventListener('keydown', press);
      for (const type of ['copy', 'cut', 'paste'] as const) document.removeEventListener(type, clip);
    };
  }, [tools, openers, mayEdit]);
}

/** Whether keys belong to what has the focus: a text field, a menu or a dialog. */
function isBusy(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || isOver(target) || target.closest('.ant-select-dropdown')) return true;
  return target.matches('input:not([type="radio"], [type="checkbox"]), textarea, select, [role="combobox"]');
}

/** Whether this is in a dialog that lies over the canvas. */
function isOver(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('.ant-modal, .ant-drawer') !== null;
}

type Action = (() => void) | undefined;

function anywhere(event: KeyboardEvent, openers: Openers): Action {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return undefined;
  if (event.key.toLowerCase() === 's') return openers.save;
  // What is found lies on the canvas; in a dialog the browser finds.
  if (event.shiftKey || isOver(event.target)) return undefined;
  return event.key.toLowerCase() === 'f' ? openers.find : undefined;
}

/** Undo works in the fields of the form, too: what was typed there is a step like any other. */
function undoing(event: KeyboardEvent, tools: Tools): Action {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return undefined;
  const inForm = event.target instanceof HTMLElement && event.target.closest('.panel, .note') !== null;
  if (isBusy(event.target) && !inForm) return undefined;
  const key = event.key.toLowerCase();
  if (key === 'z') return event.shiftKey ? tools.redo : tools.undo;
  return key === 'y' ? tools.redo : undefined;
}

function onCanvas(event: KeyboardEvent, tools: Tools, openers: Openers, mayEdit: boolean): Action {
  const { key, shiftKey } = event;
  if (event.ctrlKey || event.metaKey) {
    if (key.toLowerCase() === 'a') return tools.selectAll;
    return key.toLowerCase() === 'd' && mayEdit ? tools.duplicate : undefined;
  }
  if (event.altKey) return undefined;
  if (key === '?') return openers.help;
  if (key === 'Escape') return openers.escape;
  if (!mayEdit) return undefined;
  if (key === 'Backspace' || key === 'Delete') return tools.deleteSelection;
  if (shiftKey && key.toLowerCase() === 't') return tools.arrange;
  if (key.toLowerCase() === 'a') return openers.add;
  if (key.toLowerCase() === 'n') return () => tools.addNote();
  if (key === 'Enter' && !isControl(event.target)) return tools.writeOn(keyOf(event.target));
  const by = Object.hasOwn(arrows, key) ? arrows[key] : undefined;
  if (by === undefined || isControl(event.target)) return undefined;
  const distance = shiftKey ? stride.near : stride.far;
  return () => tools.nudge([by[0] * distance, by[1] * distance]);
}

/** The id of the node or note that has the focus. */
function keyOf(target: EventTarget | null): string | undefined {
  const drawn = target instanceof HTMLElement ? target.closest('.react-flow__node') : null;
  return drawn?.getAttribute('data-id') ?? undefined;
}

function isControl(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.closest('button, a, [role="menu"], [role="tablist"]') !== null
  );
}
