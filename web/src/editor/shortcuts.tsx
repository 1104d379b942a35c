import { Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Command, CommandKit } from './command.ts';
import { commands, isThere } from './commands.ts';
import { keysText } from './keys.ts';

/** What the mouse does, which no command can do. */
const gestures = [
  ['canvas.boxSelect', 'canvas.dragEmpty'],
  ['canvas.pan', 'canvas.spaceDrag'],
  ['canvas.zoom', 'canvas.ctrlScroll'],
  ['canvas.addHere', 'canvas.doubleClick'],
] as const;

/** All keys and gestures that this user has. */
export function Shortcuts({ kit, close }: { kit: CommandKit; close: () => void }) {
  const { t } = useTranslation();
  const side = (group: Command['group']) =>
    commands
      .filter((command) => command.group === group && command.keys.length > 0 && isThere(command, kit))
      .map(({ id, name, keys }) => (
        <div key={id}>
          <dt>{t(name)}</dt>
          <dd>
            <kbd>{keysOf(keys)}</kbd>
          </dd>
        </div>
      ));
  return (
    <Modal open title={t('canvas.shortcuts')} width={720} footer={null} onCancel={close}>
      <div className="sides">
        <dl className="shortcuts">{side('edit')}</dl>
        <dl className="shortcuts">
          {side('look')}
          {side('walk')}
          {gestures.map(([what, how]) => (
            <div key={how}>
              <dt>{t(what)}</dt>
              <dd>{t(how)}</dd>
            </div>
          ))}
        </dl>
      </div>
    </Modal>
  );
}

/** All keys of a command in a line, the four arrows as one; those with Shift are left out if the same keys work without it. */
function keysOf(keys: readonly string[]): string {
  const texts = keys
    .filter((each) => !keys.includes(each.replace('Shift+', '')) || !each.startsWith('Shift+'))
    .map((each) => keysText(each).replace(/[←→↑↓]$/, '←→↑↓'));
  return [...new Set(texts)].join(' / ');
}
