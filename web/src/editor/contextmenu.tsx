import { Menu } from 'antd';
import { useEffect, useEffectEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Point } from '../document/geometry.ts';
import type { Wire } from '../document/wires.ts';
import type { CommandKit } from './command.ts';
import { commandOf, isThere } from './commands.ts';
import { useDocumentStore } from './documentstore.ts';
import { keysText } from './keys.ts';
import './contextmenu.css';

/** Where a context menu was asked for, in pixels of the window, and on what. */
export interface ContextMenuRequest {
  readonly screen: Point;
  readonly on: 'node' | 'note' | 'pane' | Wire;
}

/** The commands of each kind of thing, by their ids. */
const offered = {
  node: ['open', 'connect', 'fold', 'duplicate', 'delete'],
  note: ['open', 'duplicate', 'delete'],
  pane: ['add', 'note', 'all', 'arrange', 'fit', 'unfoldAll', 'find', 'outline'],
  wire: ['delete'],
} as const;

/** The room that the menu takes, in pixels. */
const room = { width: 372, row: 44, rim: 12 } as const;

interface ContextMenuProps {
  readonly asked: ContextMenuRequest;
  readonly kit: CommandKit;
  /** Asks which module to put into a connection. */
  readonly insert: (wire: Wire, screen: Point) => void;
  readonly close: () => void;
}

/** What can be done to a node, a note, a connection or the canvas, where the right button was pressed. */
export function ContextMenu({ asked: { screen, on }, kit, insert, close }: ContextMenuProps) {
  const { t } = useTranslation();
  const store = useDocumentStore();
  useEscape(close);
  const wire = typeof on === 'string' ? undefined : on;
  const commands = offered[typeof on === 'string' ? on : 'wire']
    .map(commandOf)
    .filter((command) => isThere(command, kit));
  const items = [
    ...(wire === undefined || !kit.mayEdit
      ? []
      : [{ key: 'insert', label: t('canvas.insert'), onClick: () => insert(wire, screen) }]),
    ...(wire === undefined
      ? []
      : [{ key: 'target', label: t('canvas.toTarget'), onClick: () => store.show({ node: wire.target }) }]),
    ...commands.map((command) => ({
      key: command.id,
      label: t(command.name),
      extra: command.keys[0] === undefined ? '' : keysText(command.keys[0]),
      danger: command.id === 'delete',
      onClick: () => void command.run?.(kit),
    })),
  ];
  const left = Math.min(screen[0], window.innerWidth - room.width);
  const top = Math.max(0, Math.min(screen[1], window.innerHeight - room.row * items.length - room.rim));
  return (
    <>
      <div
        className="context-back"
        aria-hidden="true"
        onPointerDown={close}
        onContextMenu={(event) => event.preventDefault()}
      />
      <div className="context-menu" style={{ left, top }}>
        <Menu ref={(menu) => menu?.focus()} selectable={false} items={items} onClick={close} />
      </div>
    </>
  );
}

/** Calls `close` on Escape, regardless of the focus, before any other handler of the key. */
function useEscape(close: () => void): void {
  const leave = useEffectEvent(close);
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      event.stopImmediatePropagation();
      leave();
    };
    window.addEventListener('keydown', listen, { capture: true });
    return () => window.removeEventListener('keydown', listen, { capture: true });
  }, []);
}
