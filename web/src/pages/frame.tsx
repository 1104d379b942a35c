import {
  ApartmentOutlined,
  ApiOutlined,
  ClockCircleOutlined,
  PhoneOutlined,
  ShareAltOutlined,
  SoundOutlined,
  UnorderedListOutlined,
} from '@ant-design/icons';
import { Layout, Menu } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, Outlet, useLocation } from 'react-router';
import { Account } from '../session/account.tsx';
import './pages.css';
import './narrow.css';

/** What stands around the pages of the management: where one can go, and who is signed in. */
export function Frame() {
  const { t } = useTranslation();
  const [, place = ''] = useLocation().pathname.split('/');
  return (
    <Layout className="frame">
      <Layout.Sider theme="light" width={232} className="sider">
        <Link to="/flows" className="brand">
          <img src="/icon.svg" alt="" width={28} height={28} />
          <span>
            <b>Branchline</b>
            <small>{t('flows.center')}</small>
          </span>
        </Link>
        <Menu
          className="places"
          mode="inline"
          selectedKeys={[place]}
          defaultOpenKeys={['phone']}
          items={[
            {
              key: 'phone',
              icon: <PhoneOutlined />,
              label: t('flows.phone'),
              children: [
                {
                  key: 'flows',
                  icon: <ApartmentOutlined />,
                  label: <Link to="/flows">{t('flows.title')}</Link>,
                },
                {
                  key: 'numbers',
                  icon: <ShareAltOutlined />,
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
                {
                  key: 'audio',
                  icon: <SoundOutlined />,
                  label: <Link to="/audio">{t('audio.title')}</Link>,
                },
              ],
            },
          ]}
        />
        <Account />
      </Layout.Sider>
      <Layout.Content className="page">
        <Outlet />
      </Layout.Content>
    </Layout>
  );
}
