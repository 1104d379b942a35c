import { ConfigProvider, theme as themes } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AppearanceContext, type Choice } from './appearance.ts';
import { recall, remember } from './stored.ts';
import { useEnterSubmits } from './submitting.ts';
import { Toaster } from './toaster.tsx';
import { themeOf, tokensClass } from './tokens.ts';
import './tones.css';

const place = 'branchline.theme';

/** Two Chinese characters stand as close together on a button as anywhere else. */
const button = { autoInsertSpace: false };

/** Colours, fonts and the words of antd's own components, for all that stands inside. */
export function Theme({ children }: { children: ReactNode }) {
  const { i18n } = useTranslation();
  const [choice, setChoice] = useState(remembered);
  const system = useSystemDark();
  useEnterSubmits();
  const dark = choice === 'system' ? system : choice === 'dark';
  useEffect(() => {
    document.documentElement.dataset.theme = dark ? 'dark' : 'light';
  }, [dark]);
  const appearance = useMemo(
    () => ({
      choice,
      dark,
      choose(next: Choice) {
        remember(place, next);
        setChoice(next);
      },
    }),
    [choice, dark],
  );
  const moves = !matchMedia('(prefers-reduced-motion: reduce)').matches;
  // Another object would have every component of antd drawn again.
  const theme = useMemo(() => themeOf(dark, moves), [dark, moves]);
  return (
    <AppearanceContext value={appearance}>
      <ConfigProvider locale={i18n.language === 'zh-CN' ? zhCN : enUS} button={button} theme={theme}>
        <Ground>{children}</Ground>
      </ConfigProvider>
    </AppearanceContext>
  );
}

/** The ground of all pages, with the variables of the theme, and the toasts on it. */
function Ground({ children }: { children: ReactNode }) {
  themes.useToken();
  return (
    <div className={`app ${tokensClass}`}>
      {children}
      <Toaster />
    </div>
  );
}

function remembered(): Choice {
  const found = recall(place);
  return found === 'light' || found === 'dark' ? found : 'system';
}

function useSystemDark(): boolean {
  const [dark, setDark] = useState(() => matchMedia('(prefers-color-scheme: dark)').matches);
  useEffect(() => {
    const query = matchMedia('(prefers-color-scheme: dark)');
    const follow = () => setDark(query.matches);
    query.addEventListener('change', follow);
    return () => query.removeEventListener('change', follow);
  }, []);
  return dark;
}
