import {
  ApartmentOutlined,
  ApiOutlined,
  AudioOutlined,
  AuditOutlined,
  ClockCircleOutlined,
  ClusterOutlined,
  DashboardOutlined,
  IdcardOutlined,
  MobileOutlined,
  NumberOutlined,
  SoundOutlined,
  TeamOutlined,
  UnorderedListOutlined,
  UserOutlined,
} from '@ant-design/icons';
import { Layout, Menu } from 'antd';
import { type ReactNode, useEffect, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Outlet, useLocation } from 'react-router';
import { Account } from '../session/account.tsx';
import { useMay, useSigned } from '../session/context.ts';
import './pages.css';
import './narrow.css';

/** What stands around the pages of the management: where one can go, and who is signed in. Without `children`, the page that the router chose. */
export function PageLayout({ children = <Outlet /> }: { children?: ReactNode }) {
  const { t } = useTranslation();
  const may = useMay();
  const { phones } = useSigned().session;
  const small = useSmall();
  const [, place = ''] = useLocation().pathname.split('/');
  // biome-ignore lint/correctness/useExhaustiveDependencies: on a phone the menu is a row, which is rolled to the place
  useEffect(() => {
    document
      .querySelector('.places .ant-menu-item-selected')
      ?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [place]);
  return (
    <Layout className="frame">
      <Layout.Sider theme="light" width={232} collapsed={small} collapsedWidth={64} className="sider">
        <Link to="/" className="brand" aria-label="Branchline">
          <img src="/icon.svg" alt="" width={28} height={28} />
          {small ? null : (
            <span>
              <b>Branchline</b>
              <small>{t('flows.center')}</small>
            </span>
          )}
        </Link>
        <Menu
          className="places"
          mode="inline"
          selectedKeys={[place === '' ? 'start' : place]}
          items={[
            { key: 'start', icon: <DashboardOutlined />, label: <Link to="/">{t('centre.start')}</Link> },
            {
              key: 'phone',
              type: 'group',
              label: t('flows.phone'),
              children: [
                {
                  key: 'flows',
                  icon: <ApartmentOutlined />,
                  label: <Link to="/flows">{t('flows.title')}</Link>,
                },
                {
                  key: 'numbers',
                  icon: <NumberOutlined />,
                  label: <Link to="/numbers">{t('numbers.title')}</Link>,
                },
                {
                  key: 'schedules',
                  icon: <ClockCircleOutlined />,
                  label: <Link to="/schedules">{t('schedules.title')}</Link>,
                },
                {
                  key: 'connections',
                  icon: <ApiOutlined />,
                  label: <Link to="/connections">{t('connections.title')}</Link>,
                },
                {
                  key: 'calls',
                  icon: <UnorderedListOutlined />,
                  label: <Link to="/calls">{t('calls.title')}</Link>,
                },
                ...(phones === undefined
                  ? []
                  : [
                      {
                        key: 'phones',
                        icon: <MobileOutlined />,
                        label: <Link to="/phones">{t('phones.title')}</Link>,
                      },
                    ]),
                {
                  key: 'audio',
                  icon: <SoundOutlined />,
                  label: <Link to="/audio">{t('audio.title')}</Link>,
                },
              ],
            },
            {
              key: 'centre',
              type: 'group',
              label: t('centre.menu'),
              children: [
                {
                  key: 'desk',
                  icon: <IdcardOutlined />,
                  label: <Link to="/desk">{t('desk.title')}</Link>,
                },
                {
                  key: 'queues',
                  icon: <TeamOutlined />,
                  label: <Link to="/queues">{t('centre.queues')}</Link>,
                },
                {
                  key: 'agents',
                  icon: <UserOutlined />,
                  label: <Link to="/agents">{t('centre.agents')}</Link>,
                },
                {
                  key: 'groups',
                  icon: <ClusterOutlined />,
                  label: <Link to="/groups">{t('centre.groups')}</Link>,
                },
                ...(may('GET /api/voicemails')
                  ? [
                      {
                        key: 'voicemails',
                        icon: <AudioOutlined />,
                        label: <Link to="/voicemails">{t('voicemails.title')}</Link>,
                      },
                    ]
                  : []),
                ...(may('GET /api/audit')
                  ? [
                      {
                        key: 'audit',
                        icon: <AuditOutlined />,
                        label: <Link to="/audit">{t('centre.audit')}</Link>,
                      },
                    ]
                  : []),
              ],
            },
          ]}
        />
        <Account small={small} />
      </Layout.Sider>
      <Layout.Content className="page">{children}</Layout.Content>
    </Layout>
  );
}

/** Between a phone, where the menu is a row, and a screen with room for its words, the menu is a column of icons. */
const tablet = matchMedia('(min-width: 721px) and (max-width: 1100px)');

function useSmall(): boolean {
  return useSyncExternalStore(
    (tell) => {
      tablet.addEventListener('change', tell);
      return () => tablet.removeEventListener('change', tell);
    },
    () => tablet.matches,
  );
}
