import { useEffect } from 'react';
import type { Command, CommandKit, Scope } from './command.ts';
import { commands, isThere } from './commands.ts';
import { useDocumentStore } from './documentstore.ts';
import { matchesKeys } from './keys.ts';

/** Answers the keys of the editor, and the clipboard, while it is shown. Keys for a text field stay with the field. */
export function useKeyboard(kit: CommandKit): void {
  const store = useDocumentStore();
  useEffect(() => {
    const { tools, mayEdit } = kit;
    let wasOver = false;
    const look = ({ key }: KeyboardEvent) => {
      wasOver = key === 'Escape' && document.body.querySelector(floating) !== null;
    };
    const press = (event: KeyboardEvent) => {
      // Chrome ends a composition before it tells the key that ended it.
      if (event.isComposing || event.keyCode === 229 || event.defaultPrevented) return;
      // Whatever is open over the form has closed by this key.
      if (event.key === 'Escape' && wasOver) return;
      const run = commandFor(event, kit)?.run;
      if (run === undefined) return;
      const { key, shiftKey, target } = event;
      flush();
      if (run(kit, { key, shiftKey, target, thing: thingAt(target) }) !== false) event.preventDefault();
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
    const flush = () => store.flush();
    // Not every press takes the focus from the field that is typed in.
    window.addEventListener('pointerdown', flush, true);
    window.addEventListener('keydown', look, true);
    window.addEventListener('keydown', press);
    for (const type of ['copy', 'cut', 'paste'] as const) document.addEventListener(type, clip);
    return () => {
      window.removeEventListener('pointerdown', flush, true);
      window.removeEventListener('keydown', look, true);
      window.removeEventListener('keydown', press);
      for (const type of ['copy', 'cut', 'paste'] as const) document.removeEventListener(type, clip);
    };
  }, [kit, store]);
}

/** The lists that are open over a form or a bar; Escape closes them and nothing else. */
const floating =
  '.ant-select-open, .ant-dropdown:not(.ant-dropdown-hidden), .ant-popover:not(.ant-popover-hidden)';

function commandFor(event: KeyboardEvent, kit: CommandKit): Command | undefined {
  return commands.find(
    (command) =>
      command.keys.some((keys) => matchesKeys(keys, event)) &&
      isThere(command, kit) &&
      reaches(command.scope, event.target),
  );
}

/** Whether a command of this scope takes keys that were pressed there. */
function reaches(scope: Scope, target: EventTarget | null): boolean {
  switch (scope) {
    case 'everywhere':
      return true;
    case 'page':
      return !isOver(target);
    case 'form':
      // What was typed in a form is a step like any other, and can be undone there.
      return (
        !isBusy(target) ||
        (target instanceof HTMLElement && target.closest('.panel, .prompts, .note') !== null)
      );
    case 'canvas':
      return !isBusy(target);
    case 'node':
      return !isBusy(target) && !isControl(target);
  }
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

function isControl(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.closest('button, a, [role="menu"], [role="tablist"]') !== null
  );
}

/** The id of the node or note that has the focus. */
function thingAt(target: EventTarget | null): string | undefined {
  const drawn = target instanceof HTMLElement ? target.closest('.react-flow__node') : null;
  return drawn?.getAttribute('data-id') ?? undefined;
}
