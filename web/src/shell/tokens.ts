import { type ThemeConfig, theme as themes } from 'antd';

/** The class of elements within which the variables of the tokens (`--ant-…`) are set. */
export const tokensClass = 'tokens';

/** The tokens of antd's components, in the dark or light; text and what carries meaning can be read on what is behind it. */
export function themeOf(dark: boolean, motion: boolean): ThemeConfig {
  return {
    cssVar: { key: tokensClass },
    algorithm: dark ? themes.darkAlgorithm : themes.defaultAlgorithm,
    token: {
      colorPrimary: dark ? '#6c7af0' : '#4b5bd6',
      colorError: dark ? '#ff9a98' : '#cf2f38',
      colorTextDescription: dark ? '#a7adba' : '#5b6270',
      colorTextSecondary: dark ? '#b4bac7' : '#4d5463',
      colorTextPlaceholder: dark ? '#9299a8' : '#6b7280',
      colorLink: dark ? '#a5b0ff' : '#3f4fc4',
      colorLinkHover: dark ? '#c3caff' : '#2f3da6',
      colorSuccess: dark ? '#4ac26b' : '#166534',
      ...(dark
        ? {}
        : { colorSuccessBg: '#e8f6ec', colorWarningBg: '#fff6e5', colorWarningBorder: '#f0d9b0' }),
      colorWarning: dark ? '#e8a33d' : '#8a5200',
      borderRadius: 8,
      motion,
      fontFamily:
        'system-ui, -apple-system, "Segoe UI", Roboto, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif',
      ...(dark ? { colorBgBase: '#15171c' } : { colorBgLayout: '#f5f6f8' }),
    },
    components: {
      Button: { dangerColor: dark ? '#15171c' : '#ffffff' },
      Menu: dark ? { itemSelectedColor: '#b3bcff', subMenuItemSelectedColor: '#b3bcff' } : {},
    },
  };
}
