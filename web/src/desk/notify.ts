/** What a page has for notifications. */
interface Notifying {
  readonly document: { readonly visibilityState: string };
  readonly Notification?: {
    readonly permission: string;
    new (text: string, options: object): { onclick: (() => void) | null; close(): void };
  };
  focus(): void;
}

/**
 * Shows a notification while the page is in the background, if that is allowed; returns what closes it. Returns `undefined` if
 * nothing is shown: Chrome on Android has notifications, but throws when a page makes one.
 */
export function notify(text: string): (() => void) | undefined {
  const page = globalThis as unknown as Notifying;
  if (page.document.visibilityState !== 'hidden' || page.Notification?.permission !== 'granted')
    return undefined;
  try {
    const shown = new page.Notification(text, { tag: 'branchline-ring', requireInteraction: true });
    shown.onclick = () => page.focus();
    return () => shown.close();
  } catch {
    return undefined;
  }
}
