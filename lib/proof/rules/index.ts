import { menuRules } from './menus.ts';
import { peopleRules } from './people.ts';
import type { LintRule } from './rule.ts';
import { waitRules } from './waits.ts';
import { wordRules } from './words.ts';

/** All rules of the linter, in the order of docs/lint.md. */
export const lintRules: readonly LintRule[] = [...peopleRules, ...menuRules, ...waitRules, ...wordRules];
