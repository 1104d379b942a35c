import { App as Antd, ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { recall, remember } from './stored.ts';
import { themeOf } from './tokens.ts';

const place = 'branchline.theme';

/** Where messages begin, in pixels: below the bars at the top of each page, so that none lies over a button there. */
const belowBars = 64;

/** What the user has chosen: one of the two, or what the system says. */
export type Choice = 'light' | 'dark' | 'system';

interface Appearance {
  readonly choice: Choice;
  readonly dark: boolean;
  choose(choice: Choice): void;
}

const Current = createContext<Appearance>({ choice: 'system', dark: false, choose: () => {} });

/** The appearance that is shown, what was chosen, and how to choose another. */
export function useAppearance(): Appearance {
  return useContext(Current);
}

/** Colours, fonts and the words of antd's own components, for all that stands inside. */
export function Theme({ children }: { children: ReactNode }) {
  const { i18n } = useTranslation();
  const [choice, setChoice] = useState(remembered);
  const system = useSystemDark();
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
  return (
    <Current value={appearance}>
      <ConfigProvider
        locale={i18n.language === 'zh-CN' ? zhCN : enUS}
        button={{ autoInsertSpace: false }}
        theme={themeOf(dark, !matchMedia('(prefers-reduced-motion: reduce)').matches)}
      >
        <Antd className="app" message={{ top: belowBars }}>
          {children}
        </Antd>
      </ConfigProvider>
    </Current>
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
