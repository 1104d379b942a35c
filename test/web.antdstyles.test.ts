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
