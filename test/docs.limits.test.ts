import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { mostSettingsBytes } from '../lib/admin/admin.ts';
import { mostWords } from '../lib/admin/pronunciations.ts';
import { longestWalk } from '../lib/engine/graph.ts';
import { maxProblems } from '../lib/engine/report.ts';
import { mostSteps } from '../lib/engine/walker.ts';
import { deepestStack } from '../lib/flow/cursor.ts';
import { largestFlowBytes, mostNodes } from '../lib/flow/flow.ts';
import { largestVariables, longestValue } from '../lib/flow/memory.ts';
import { longestNote } from '../lib/flow/note.ts';
import { longestText } from '../lib/flow/prompt.ts';
import { deepestNesting } from '../lib/flow/size.ts';
import { largestBytes, largestSeconds } from '../lib/flow/upload.ts';
import { mostHourly } from '../lib/store/calls/hourly.ts';
import { mostCounted } from '../lib/store/calls/passages.ts';

const count = (value: number) => value.toLocaleString('en-US');
const megabyte = 1024 * 1024;

test.each([
  ['nodes of a flow', count(mostNodes)],
  ['a flow file', `${largestFlowBytes / megabyte} MB`],
  ['one text', `${count(longestText)} characters`],
  ['a note on the canvas', `${count(longestNote)} characters`],
  ['problems that a check lists', count(maxProblems)],
  ['flows that enter each other', `${deepestStack} deep`],
  ['nodes in a row without a wait for the caller', count(longestWalk)],
  ['steps of a call', count(mostSteps)],
  ['the value of a variable', `${count(longestValue)} characters`],
  ['all variables of a call', `${count(largestVariables)} bytes`],
  ['dials that a caller causes', `${mostHourly.dials} an hour`],
  ['messages that a caller causes', `${mostHourly.messages} an hour`],
  ['an upload', `${largestBytes / megabyte} MB, ${largestSeconds / 60} minutes`],
  ['a body', `${deepestNesting} levels`],
  ['a schedule', `${count(mostSettingsBytes)} bytes`],
  ['the pronunciations of a language', `${count(mostWords)} words, ${count(mostSettingsBytes)} bytes`],
  ['statistics and traffic', `the newest ${count(mostCounted)} calls`],
])('docs/limits.md says how much %s may be: %s', (what, limit) => {
  const page = readFileSync('docs/limits.md', 'utf8');
  const row = page.split('\n').find((line) => line.startsWith(`| ${what} |`));
  expect(row).toContain(limit);
});
