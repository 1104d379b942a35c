const mac = typeof navigator !== 'undefined' && /mac/i.test(navigator.platform);

const shown: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowUp: '↑',
  ArrowRight: '→',
  ArrowDown: '↓',
  Escape: 'Esc',
};

/** A shortcut as this machine's keyboard has it: `Ctrl+Z`, `⌘Z`; arrows as arrows. */
export function keysText(keys: string): string {
  if (keys === '+') return keys;
  const parts = keys.split('+').map((part) => shown[part] ?? part);
  return mac ? parts.join('+').replaceAll('Ctrl+', '⌘').replaceAll('Shift+', '⇧') : parts.join('+');
}

/** What of a key event a shortcut is compared with. */
export interface KeyStroke {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/** Whether a key event is a shortcut such as `Ctrl+Shift+Z`. Characters that are not letters, such as `?`, may need Shift to be typed. */
export function matchesKeys(keys: string, { key, ctrlKey, metaKey, altKey, shiftKey }: KeyStroke): boolean {
  const own = keys.endsWith('+') ? '+' : keys.slice(keys.lastIndexOf('+') + 1);
  const parts = keys.slice(0, -own.length).split('+');
  if (altKey || (ctrlKey || metaKey) !== parts.includes('Ctrl')) return false;
  const free = own.length === 1 && !/[a-z]/i.test(own);
  return (
    (own === 'Space' ? ' ' : own.toLowerCase()) === key.toLowerCase() &&
    (free || shiftKey === parts.includes('Shift'))
  );
}
