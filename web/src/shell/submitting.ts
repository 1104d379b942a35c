import { useEffect } from 'react';

/**
 * Lets Enter in a line of a dialog, and Ctrl+Enter (Command on a Mac) anywhere in it, press its main button, whatever the dialog
 * is made of. A list that is open keeps its Enter, and so does what an input method composes.
 */
export function useEnterSubmits(): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const { target, key, ctrlKey, metaKey } = event;
      if (key !== 'Enter' || event.isComposing || event.keyCode === 229 || event.defaultPrevented) return;
      if (!(target instanceof HTMLElement)) return;
      const isLine = target.matches('input:not([type="checkbox"], [type="radio"], [role="combobox"])');
      if (!isLine && !ctrlKey && !metaKey) return;
      const dialog = target.closest('.ant-modal');
      const main = dialog?.querySelector<HTMLButtonElement>('.ant-modal-footer .ant-btn-primary');
      if (!main || main.disabled) return;
      event.preventDefault();
      main.click();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, []);
}
