import { describe, expect, test } from 'vitest';
import { isFlowId } from '../lib/flow/flow.ts';
import { suggestId } from '../web/src/pages/names.ts';
import { languageOf, templates } from '../web/src/pages/templates.ts';

describe('the id that is suggested for a flow', () => {
  test.each([
    ['Front desk', [], 'front-desk'],
    ['  Café & Bar!  ', [], 'caf-bar'],
    ['电话体验IVR', [], 'ivr'],
    ['售前热线', [], 'flow'],
    ['Front desk', ['front-desk', 'front-desk-2'], 'front-desk-3'],
    ['x'.repeat(100), [], 'x'.repeat(50)],
  ])('%s, with %j taken: %s', (name, taken, id) => {
    expect(suggestId(name, new Set(taken))).toBe(id);
    expect(isFlowId(id)).toBe(true);
  });

  test('is that of its template where the name has no letters for one', () => {
    expect(suggestId('售前热线', new Set(), 'phone-experience')).toBe('phone-experience');
  });
});

test('a template sets the language of a new flow; an empty one has that of the console', () => {
  expect(Object.keys(templates)).toEqual(['empty', 'experience', 'office', 'afterHours']);
  expect(languageOf('experience', 'en-US')).toBe('zh-CN');
  expect(languageOf('office', 'zh-CN')).toBe('en-US');
  expect(languageOf('empty', 'zh-CN')).toBe('zh-CN');
});
