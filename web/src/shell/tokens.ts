import { type ThemeConfig, theme as themes } from 'antd';

/** The tokens of antd's components, in the dark or light; text and what carries meaning can be read on what is behind it. */
export function themeOf(dark: boolean, motion: boolean): ThemeConfig {
  return {
    algorithm: dark ? themes.darkAlgorithm : themes.defaultAlgorithm,
    token: {
      colorPrimary: dark ? '#6c7af0' : '#4b5bd6',
      colorError: dark ? '#ff9a98' : '#cf2f38',
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
