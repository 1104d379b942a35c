import { readFileSync } from 'node:fs';
import { theme } from 'antd';
import { describe, expect, test } from 'vitest';
import { nodeTypes } from '../lib/nodes/index.ts';
import { toneOf } from '../web/src/canvas/tones.ts';
import { themeOf } from '../web/src/shell/tokens.ts';

type Color = readonly [red: number, green: number, blue: number, opacity: number];

/** A colour of a style sheet or a token: `#rgb`, `#rrggbb` or `rgba(…)`. */
function colorOf(text: string): Color {
  const [red = 0, green = 0, blue = 0, opacity = 1] = text.startsWith('#')
    ? ((text.length === 4 ? text.replace(/[0-9a-f]/gi, '$&$&') : text)
        .slice(1)
        .match(/../g)
        ?.map((pair) => Number.parseInt(pair, 16)) ?? [])
    : (text.match(/[\d.]+/g)?.map(Number) ?? []);
  return [red, green, blue, opacity];
}

/** The contrast of a colour on another, as WCAG 2.2 defines it: from 1 to 21. */
function contrast(front: string, back: string): number {
  const ground = colorOf(back);
  const [red, green, blue, opacity] = colorOf(front);
  const mixed = [red, green, blue].map(
    (part, index) => part * opacity + (ground[index] ?? 0) * (1 - opacity),
  );
  const [light = 0, dark = 0] = [mixed, ground].map(luminance).sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(color: readonly number[]): number {
  const [red = 0, green = 0, blue = 0] = color
    .map((part) => part / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

test('the measure itself', () => {
  expect(contrast('#000000', '#fff')).toBeCloseTo(21, 5);
  expect(contrast('rgba(0,0,0,0.5)', '#ffffff')).toBeCloseTo(contrast('#808080', '#ffffff'), 1);
});

const sheet = (path: string) => readFileSync(new URL(`../web/src/${path}`, import.meta.url), 'utf8');

/** The colours that a style sheet's rules set as variables, with their rules' selectors. */
function variables(css: string): { readonly selector: string; readonly colors: Record<string, string> }[] {
  return Array.from(css.matchAll(/([^{}]+)\{([^{}]*)\}/g), ([, selector = '', body = '']) => ({
    selector: selector.trim(),
    colors: Object.fromEntries(
      Array.from(body.matchAll(/--([a-z-]+):\s*(#[0-9a-f]+)/gi), ([, name = '', color = '']) => [
        name,
        color,
      ]),
    ),
  })).filter(({ colors }) => Object.keys(colors).length > 0);
}

describe.each([
  { name: 'light', dark: false },
  { name: 'dark', dark: true },
])('$name', ({ dark }) => {
  const token = theme.getDesignToken(themeOf(dark, true));
  const { colorBgLayout: canvas, colorBgContainer: node } = token;
  const rules = variables(sheet('shell/tones.css'));
  const own = Object.assign(
    {},
    ...rules
      .filter(({ selector }) => dark || !selector.includes('dark'))
      .filter(({ selector }) => selector.includes('.app'))
      .map(({ colors }) => colors),
  ) as Record<string, string>;

  test.each(['colorText', 'colorTextSecondary', 'colorError'] as const)('%s reads as text', (name) => {
    for (const back of [canvas, node, token.colorBgElevated]) {
      expect(contrast(token[name], back)).toBeGreaterThanOrEqual(4.5);
    }
  });

  test('the words of the main buttons read', () => {
    expect(contrast(token.colorTextLightSolid, token.colorPrimary)).toBeGreaterThanOrEqual(4.5);
    const words = themeOf(dark, true).components?.Button?.dangerColor ?? '';
    expect(contrast(words, token.colorError)).toBeGreaterThanOrEqual(4.5);
  });

  test('the name of the page that is shown reads in the menu', () => {
    const { itemSelectedColor = token.colorPrimary } = themeOf(dark, true).components?.Menu ?? {};
    expect(contrast(itemSelectedColor, token.controlItemBgActive)).toBeGreaterThanOrEqual(4.5);
  });

  test.each(['wire', 'warning', 'fine'])('--%s is seen on the canvas and on nodes', (name) => {
    for (const back of [canvas, node]) expect(contrast(own[name] ?? '', back)).toBeGreaterThanOrEqual(3);
  });

  test('what is selected or reached for is seen', () => {
    for (const back of [canvas, node]) {
      expect(contrast(token.colorPrimary, back)).toBeGreaterThanOrEqual(3);
    }
  });

  test.each([...nodeTypes.map(({ type }) => type), 'another'])('dots and wires of %s are seen', (type) => {
    for (const back of [canvas, node, '#ffffff']) {
      expect(contrast(toneOf(type), back)).toBeGreaterThanOrEqual(3);
    }
  });

  test.each(['added', 'removed', 'changed', 'moved', 'path', 'here', 'count'])(
    'what is laid over in the tone %s is seen, and its tag reads',
    (sign) => {
      const signs = variables(sheet('canvas/layer.css')).find(
        ({ selector, colors }) => selector.includes('dark') === dark && colors[sign] !== undefined,
      )?.colors;
      for (const back of [canvas, node]) {
        expect(contrast(signs?.[sign] ?? '', back)).toBeGreaterThanOrEqual(3);
      }
      expect(contrast(signs?.['on-tone'] ?? '', signs?.[sign] ?? '')).toBeGreaterThanOrEqual(4.5);
    },
  );

  test('notes read', () => {
    const papers = variables(sheet('canvas/note.css')).filter(
      ({ selector, colors }) => selector.includes('dark') === dark && colors.paper !== undefined,
    );
    expect(papers.length).toBeGreaterThan(3);
    for (const { colors } of papers) {
      expect(contrast(colors.pen ?? '', colors.paper ?? '')).toBeGreaterThanOrEqual(4.5);
    }
  });
});
