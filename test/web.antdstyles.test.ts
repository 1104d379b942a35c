import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { unusedComponents } from '../web/antdstyles.ts';
import { ours } from './kit/sources.ts';

test('the console uses no component of antd whose styles are left out of its stylesheet', () => {
  const used = ours
    .filter(({ path }) => path.startsWith('web/src/'))
    .flatMap(({ text }) => [...text.matchAll(/import (?:type )?\{([^}]+)\} from 'antd'/g)])
    .flatMap(([, names = '']) => names.split(',').map((name) => name.trim().split(' ')[0] ?? ''));
  expect(used).toContain('Button');
  expect(unusedComponents.filter((name) => used.includes(name))).toEqual([]);
});

test('its stylesheet has what the console uses, and styles no links but those of its components', () => {
  const page = readFileSync('web/dist/index.html', 'utf8');
  const [, name = ''] = /href="\/assets\/(index-[^"]+\.css)"/.exec(page) ?? [];
  const css = readFileSync(`web/dist/assets/${name}`, 'utf8');
  const stylesOf = (component: string) => css.includes(`.ant-${component}`);
  expect(
    ['btn', 'select', 'modal', 'picker', 'form-item', 'tooltip'].filter((each) => !stylesOf(each)),
  ).toEqual([]);
  expect(['tree', 'tabs', 'table', 'color-picker'].filter(stylesOf)).toEqual([]);
  expect(css).toMatch(/a:where\(\[class\*=["']?css-/);
  expect(css).not.toMatch(/[},]a[{:[,](?!where)/);
});
