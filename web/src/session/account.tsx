import { BulbOutlined, GlobalOutlined, LogoutOutlined } from '@ant-design/icons';
import { Avatar, Button, Dropdown, type MenuProps } from 'antd';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { firstCharacters } from '../../../lib/flow/length.ts';
import { type Choice, useAppearance } from '../shell/appearance.ts';
import { toast } from '../shell/toast.ts';
import { type ConsoleLanguage, consoleLanguages, setLanguage } from '../words/index.ts';
import { useSigned } from './context.ts';

const choices = ['light', 'dark', 'system'] as const satisfies readonly Choice[];

/** What a role is called; a group of the user pool that is no role keeps its name. */
const roleName = (t: TFunction, role: string) =>
  t(`session.roles.${role as 'admin'}`, { defaultValue: role }) as string;

/** Who is signed in, with language, appearance and the way out behind it. `small` shows the picture alone. */
export function Account({ small = false }: { small?: boolean }) {
  const { t, i18n } = useTranslation();
  const { session } = useSigned();
  const { choice, choose } = useAppearance();
  const roles = session.roles.map((role) => roleName(t, role)).join(' · ') || t('session.noRoles');
  const items: MenuProps['items'] = [
    { key: 'who', type: 'group', label: `${session.user} · ${roles}` },
    { type: 'divider' },
    {
      key: 'language',
      icon: <GlobalOutlined />,
      label: t('shell.language'),
      children: Object.entries(consoleLanguages).map(([key, label]) => ({ key, label })),
    },
    {
      key: 'appearance',
      icon: <BulbOutlined />,
      label: t('shell.appearance'),
      children: choices.map((key) => ({ key, label: t(`shell.${key}`) })),
    },
    { type: 'divider' },
    { key: 'out', icon: <LogoutOutlined />, label: t('session.signOut') },
  ];
  const onClick: MenuProps['onClick'] = ({ key }) => {
    const appearance = choices.find((each) => each === key);
    if (appearance !== undefined) return choose(appearance);
    if (key === 'out') return void session.signOut();
    setLanguage(key as ConsoleLanguage).catch(() => toast.error(t('saving.offline')));
  };
  return (
    <Dropdown
      trigger={['click']}
      placement={small ? 'bottomRight' : 'topLeft'}
      menu={{ items, onClick, selectable: true, selectedKeys: [i18n.language, choice] }}
    >
      <Button type="text" className={small ? 'account is-small' : 'account'} aria-label={session.user}>
        <Avatar size={small ? 28 : 32}>{firstCharacters(session.user, 1).toUpperCase()}</Avatar>
        {small ? null : (
          <span>
            <b>{session.user}</b>
            <small>{roles}</small>
          </span>
        )}
      </Button>
    </Dropdown>
  );
}
