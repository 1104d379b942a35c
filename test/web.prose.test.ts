import { compiler } from 'markdown-to-jsx/react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { excerpts } from '../lib/proof/excerpt.ts';
import { prose } from '../web/src/words/prose.ts';

describe('Markdown', () => {
  const shown = (text: string) => renderToStaticMarkup(compiler(text, prose));

  test('opens links in a page of their own, and loads no picture', () => {
    const link = '<a href="https://example.com/" target="_blank" rel="noreferrer" class="nodrag">';
    expect(shown('[site](https://example.com/)')).toContain(`${link}site</a>`);
    expect(shown('![plan](https://example.com/)')).toContain(`${link}plan</a>`);
    expect(shown('![plan](https://example.com/)')).not.toContain('<img');
    expect(shown('[bad](javascript:alert(1))')).not.toContain('javascript:');
  });

  test.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    'a <b onclick="x()">b</b>',
    '<iframe srcdoc="x"></iframe>',
    '<a href="javascript:alert(1)">x</a>',
    '<style>*{display:none}</style>',
  ])('shows %s as it is written', (html) => {
    expect(shown(html)).not.toMatch(/<(script|img|b|iframe|style|a)\b/);
    expect(shown(html)).toContain('&lt;');
  });

  test('keeps headings small and without names of their own', () => {
    expect(shown('# One\n\n## Two\n\n##### Five')).toMatch(/<h4>One<\/h4>.*<h5>Two<\/h5>.*<h6>Five<\/h6>/);
  });
});

test('a difference of long texts is told by where they begin to differ', () => {
  const long = `${'x'.repeat(300)}A${'y'.repeat(300)}`;
  const [was, is] = excerpts(long, long.replace('A', 'B'));
  expect(was).toBe(`…${'x'.repeat(40)}A${'y'.repeat(79)}…`);
  expect(is).toBe(`…${'x'.repeat(40)}B${'y'.repeat(79)}…`);
  expect(excerpts('short', undefined)).toEqual(['short', undefined]);
  expect(excerpts(undefined, long)[1]).toBe(`${'x'.repeat(120)}…`);
  expect(excerpts({ text: long }, 'Hi')).toEqual([{ text: long }, 'Hi']);
});
