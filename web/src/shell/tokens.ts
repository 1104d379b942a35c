import { type ThemeConfig, theme as themes } from 'antd';

/** The class of elements within which the variables of the tokens (`--ant-…`) are set. */
export const tokensClass = 'tokens';

/** Ink on paper: a cool grey, as the colour of the brand is. What is selected or can be pressed is in that colour, and nothing else. */
const light = {
  colorPrimary: '#4b5bd6',
  colorError: '#cf2f38',
  colorSuccess: '#166534',
  colorWarning: '#8a5200',
  colorLink: '#3f4fc4',
  colorLinkHover: '#2f3da6',
  colorText: '#1f2430',
  colorTextSecondary: '#4d5463',
  colorTextDescription: '#5b6270',
  colorTextTertiary: '#5b6270',
  colorTextPlaceholder: '#6b7280',
  colorTextQuaternary: '#a3aab8',
  colorBorder: '#cfd4de',
  colorBorderSecondary: '#e4e7ed',
  colorBgLayout: '#f5f6f8',
  colorSuccessBg: '#e8f6ec',
  colorWarningBg: '#fff6e5',
  colorWarningBorder: '#f0d9b0',
};

/** The same at night: grey without the blue that antd mixes of a dark base. */
const dark: typeof light = {
  colorPrimary: '#6c7af0',
  colorError: '#ff9a98',
  colorSuccess: '#4ac26b',
  colorWarning: '#e8a33d',
  colorLink: '#a5b0ff',
  colorLinkHover: '#c3caff',
  colorText: '#e6e9ef',
  colorTextSecondary: '#b4bac7',
  colorTextDescription: '#a7adba',
  colorTextTertiary: '#a7adba',
  colorTextPlaceholder: '#9299a8',
  colorTextQuaternary: '#5f6675',
  colorBorder: '#414753',
  colorBorderSecondary: '#2d323c',
  colorBgLayout: '#121419',
  colorSuccessBg: '#16291d',
  colorWarningBg: '#2c2416',
  colorWarningBorder: '#5a4722',
};

/** What holds by day and by night: text of 13 and 14 pixels, round corners, shadows only under what floats. */
const shapes = {
  borderRadius: 8,
  borderRadiusLG: 12,
  fontSize: 14,
  fontSizeSM: 13,
  fontSizeHeading5: 15,
  fontWeightStrong: 600,
  boxShadow: '0 8px 28px rgb(15 18 28 / 16%)',
  boxShadowSecondary: '0 8px 28px rgb(15 18 28 / 16%)',
  fontFamily:
    'system-ui, -apple-system, "Segoe UI", Roboto, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif',
};

/** The tokens of antd's components, in the dark or light; text and what carries meaning can be read on what is behind it. */
export function themeOf(isDark: boolean, motion: boolean): ThemeConfig {
  return {
    cssVar: { key: tokensClass },
    // The styles are in antd's stylesheet, which `main.tsx` loads: to make them in the page took a tenth of its processor time.
    zeroRuntime: true,
    algorithm: isDark ? themes.darkAlgorithm : themes.defaultAlgorithm,
    token: {
      ...shapes,
      ...(isDark ? { ...dark, colorBgContainer: '#1d2027', colorBgElevated: '#262a33' } : light),
      motion,
    },
    components: {
      Button: {
        dangerColor: isDark ? '#15171c' : '#ffffff',
        fontWeight: 500,
        defaultShadow: 'none',
        primaryShadow: 'none',
        dangerShadow: 'none',
      },
      Menu: {
        itemHeight: 36,
        itemBorderRadius: 8,
        itemMarginBlock: 2,
        ...(isDark ? { itemSelectedColor: '#b3bcff' } : {}),
      },
      Modal: { titleFontSize: 17 },
    },
  };
}
