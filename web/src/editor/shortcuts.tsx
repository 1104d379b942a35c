import { Modal } from 'antd';
import { useTranslation } from 'react-i18next';

const mac = /mac/i.test(navigator.platform);

/** A shortcut as this machine's keyboard has it: `Ctrl+Z`, `⌘Z`. */
export function keysText(keys: string): string {
  return mac ? keys.replaceAll('Ctrl+', '⌘').replaceAll('Shift+', '⇧') : keys;
}

const groups = [
  [
    ['canvas.addHere', 'A'],
    ['canvas.noteAdd', 'N'],
    ['canvas.noteWriteOn', 'Enter'],
    ['canvas.delete', 'Delete / Backspace'],
    ['canvas.undo', 'Ctrl+Z'],
    ['canvas.redo', 'Ctrl+Shift+Z / Ctrl+Y'],
    ['canvas.copy', 'Ctrl+C'],
    ['canvas.cut', 'Ctrl+X'],
    ['canvas.paste', 'Ctrl+V'],
    ['canvas.duplicate', 'Ctrl+D'],
    ['canvas.arrange', 'Shift+T'],
  ],
  [
    ['canvas.save', 'Ctrl+S'],
    ['canvas.find', 'Ctrl+F'],
    ['canvas.selectAll', 'Ctrl+A'],
    ['canvas.move', '← ↑ → ↓'],
    ['canvas.boxSelect', 'canvas.dragEmpty'],
    ['canvas.pan', 'canvas.spaceDrag'],
    ['canvas.zoom', 'canvas.ctrlScroll'],
    ['canvas.addHere', 'canvas.doubleClick'],
    ['canvas.shortcuts', '?'],
  ],
] as const;

/** All keys and gestures of the canvas. */
export function Shortcuts({ close }: { close: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal open title={t('canvas.shortcuts')} width={720} footer={null} onCancel={close}>
      <div className="sides">
        {groups.map((group) => (
          <dl key={group[0][1]} className="shortcuts">
            {group.map(([what, keys]) => (
              <div key={`${what} ${keys}`}>
                <dt>{t(what)}</dt>
                <dd>{keys.startsWith('canvas.') ? t(keys as 'canvas.pan') : <kbd>{keysText(keys)}</kbd>}</dd>
              </div>
            ))}
          </dl>
        ))}
      </div>
    </Modal>
  );
}
