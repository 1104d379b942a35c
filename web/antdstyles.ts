import type { CSSOptions } from 'vite';

type PostcssPlugin = Extract<
  NonNullable<Exclude<CSSOptions['postcss'], string | undefined>['plugins']>[number],
  { postcssPlugin: string }
>;

/** The components of antd that the console has none of. */
export const unusedComponents: readonly string[] = [
  'Affix',
  'Anchor',
  'Breadcrumb',
  'Card',
  'Carousel',
  'Cascader',
  'Collapse',
  'ColorPicker',
  'Descriptions',
  'FloatButton',
  'Image',
  'List',
  'Masonry',
  'Mentions',
  'notification',
  'Pagination',
  'QRCode',
  'Rate',
  'Result',
  'Slider',
  'Splitter',
  'Statistic',
  'Table',
  'Tabs',
  'Tour',
  'Transfer',
  'Tree',
];

/** The first word of the classes of their elements: `color` of `ColorPicker`. */
const unusedClasses = unusedComponents.map((name) => name.replace(/([a-z])[A-Z].*/, '$1').toLowerCase());

/**
 * Leaves out of antd's stylesheet what the console cannot match, which is nearly half of it: components that it does not use,
 * the columns of a grid, and the tokens of antd's own theme. Only links of antd's components are styled by antd, as they are
 * by its styles at run time.
 */
export const antdStyles: PostcssPlugin = {
  postcssPlugin: 'antd-styles',
  OnceExit(root) {
    if (!/[\\/]antd[\\/]dist[\\/]antd\.css$/.test(root.source?.input.file ?? '')) return;
    root.walkRules((rule) => {
      const kept = rule.selectors.filter((selector) => !isUnmatched(selector));
      if (kept.length === 0) rule.remove();
      else rule.selectors = kept.flatMap(withinTheme);
    });
    root.walkAtRules((rule) => {
      if (rule.nodes?.length === 0) rule.remove();
    });
  },
};

function isUnmatched(selector: string): boolean {
  const needed = selector.replaceAll(/:not\([^()]*\)/g, '');
  if (/\.css-var-_R|\.data-ant-cssinjs|\.ant-col-(?:\w+-)?\d/.test(needed)) return true;
  return [...needed.matchAll(/\.ant-([a-z]+)/g)].some(([, name = '']) => unusedClasses.includes(name));
}

/** A selector of antd's for links, for those that are one of its components or in one: these have a class `css-…`. */
function withinTheme(selector: string): string[] {
  const states = /^a(?![\w-])(.*)$/.exec(selector)?.[1];
  if (states === undefined) return [selector];
  return [`:where([class*='css-']) a${states}`, `a:where([class*='css-'])${states}`];
}
