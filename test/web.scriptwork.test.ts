import { expect, test } from 'vitest';
import {
  afterSave,
  currentScript,
  noScriptWork,
  type ScriptWork,
  writeScript,
} from '../web/src/editor/scripts/scriptwork.ts';

const saved = { text: '# A\n> arrived\n', etag: '"1"' };

test('calls of the test phone are put behind what is written, each once', () => {
  const work: ScriptWork = { calls: ['# B\n', '# C\n'] };
  const current = currentScript(work, saved);
  expect(current).toEqual({ text: '# A\n> arrived\n\n# B\n\n# C\n', etag: '"1"' });
  const next = { text: current.text, etag: '"2"' };
  expect(currentScript(afterSave(work, saved, current.text, next), next)).toEqual(next);
});

test('what was written goes on from the script that it was written on, whatever is saved since', () => {
  const work = writeScript(noScriptWork, saved, '# Mine\n');
  expect(currentScript(work, { text: '# Theirs\n', etag: '"2"' })).toEqual({ text: '# Mine\n', etag: '"1"' });
  expect(writeScript(work, saved, saved.text)).toBe(noScriptWork);
});

test('what is written during a save stays unsaved, on what was saved', () => {
  const work = writeScript(noScriptWork, saved, '# Mine\n');
  const sent = currentScript(work, saved);
  const later = writeScript(work, saved, '# Mine, and more\n');
  const next = { text: sent.text, etag: '"2"' };
  expect(afterSave(work, saved, sent.text, next)).toBe(noScriptWork);
  expect(currentScript(afterSave(later, saved, sent.text, next), next)).toEqual({
    text: '# Mine, and more\n',
    etag: '"2"',
  });
});
