import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** Words and phrases that readers have to read twice, and what to write instead. */
const banned: readonly (readonly [phrase: RegExp, instead: string])[] = [
  [/\b(whoever|whosoever|whomever)\b/i, 'name the one: the caller, the agent, the reader'],
  [/\bwherever\b/i, 'no matter where, at any place'],
  [/\banew\b/i, 'again; redraw, reread'],
  [/\bat the most\b/i, 'at most'],
  [/\bso many\b/i, 'how many; a number of'],
  [/\bwhere (there (is|are|was)|it has) none\b/i, 'if there is none'],
  [/\bundefined`? where\b/i, '`undefined` if'],
  [/\b(that|which|it|this) (is|are) none\b(?! of the)/i, 'is not one; is invalid'],
  [/\bthat there is none of\b/i, 'that does not exist'],
  [/\bnobody [^.\n]{1,30} but\b/i, 'only'],
  [/\bcomes? round\b/i, 'goes in circles, returns to'],
  [/\blets? go of\b/i, 'releases'],
  [/\bwhat became of\b/i, 'the result of, the state of'],
  [/\b(thereof|hereby|whereby|thus|hence)\b/i, 'of it, by this, so'],
  [/\b(letGo|unring|amends|fallBack|Entrance)\b/, 'release, reassign, onFailure, fallback, LiveVersion'],
];

const files = execFileSync('git', ['ls-files', '*.ts', '*.tsx', '*.md'], { encoding: 'utf8' })
  .split('\n')
  .filter((path) => path !== '' && !/generated\/|^test\/dialect\.test\.ts$/.test(path));

test('code, comments, docs and texts are in plain English', () => {
  const found = files.flatMap((path) =>
    readFileSync(path, 'utf8')
      .split('\n')
      .flatMap((line, index) =>
        banned
          .filter(([phrase]) => phrase.test(line))
          .map(([phrase, instead]) => `${path}:${index + 1}: ${phrase.exec(line)?.[0]} (write: ${instead})`),
      ),
  );
  expect(files.length).toBeGreaterThan(500);
  expect(found).toEqual([]);
});
