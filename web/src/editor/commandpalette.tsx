import { useTranslation } from 'react-i18next';
import { nodeTypes } from '../../../lib/nodes/index.ts';
import { NodeIcon } from '../canvas/nodeicon.tsx';
import { useNames } from '../words/naming.ts';
import { isSecondStart } from './addtools.ts';
import type { CommandKit } from './command.ts';
import { commandOf, commands, isThere } from './commands.ts';
import { useDocumentStore } from './documentstore.ts';
import { keysText } from './keys.ts';
import { Menu } from './menu.tsx';

/** What stands before the type of a module among the commands; no id of a command begins so. */
const adds = 'add:';

/** All commands that this user has, and all modules that can be added, with their keys. */
export function CommandPalette({ kit, close }: { kit: CommandKit; close: () => void }) {
  const { t } = useTranslation();
  const names = useNames();
  const store = useDocumentStore();
  const can = commands.filter(
    (command) => command.run !== undefined && command.keyOnly !== true && isThere(command, kit),
  );
  const modules = kit.mayEdit ? nodeTypes.filter(({ type }) => !isSecondStart(store, type)) : [];
  return (
    <Menu
      title={t('canvas.paletteHint')}
      choices={[
        ...can.map(({ id, name, keys }) => ({
          value: id,
          label: t(name),
          about: keys[0] === undefined ? undefined : keysText(keys[0]),
        })),
        ...modules.map(({ type }) => ({
          value: `${adds}${type}`,
          label: t('canvas.add', { name: names.type(type) }),
          about: names.about(type),
          face: <NodeIcon type={type} />,
        })),
      ]}
      pick={(value) => {
        close();
        if (value.startsWith(adds)) kit.tools.addNext(value.slice(adds.length));
        else commandOf(value).run?.(kit);
      }}
      close={close}
    />
  );
}
