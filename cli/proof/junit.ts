import { clean } from '../../lib/flow/text.ts';
import { type PlayedScript, passed } from '../../lib/proof/run.ts';

/** A played script, with its file and what is wrong with its lines. */
interface PlayedFile extends Pick<PlayedScript, 'calls'> {
  readonly file: string;
  readonly problems: readonly { readonly line: number; readonly message: string }[];
}

/** A JUnit XML report of the calls of scripts, one suite for each file. */
export function junit(files: readonly PlayedFile[]): string {
  const suites = files.map(suite);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites>',
    ...suites.flat(),
    '</testsuites>',
    '',
  ].join('\n');
}

function suite({ file, calls, problems }: PlayedFile): string[] {
  const unread = problems.map(({ line, message }) =>
    testCase({ file, line, title: `line ${line}`, messages: [`${file}:${line}: ${message}`] }),
  );
  const played = calls.map(({ title, line, differences }) =>
    testCase({
      ...{ file, line, title },
      messages: differences.map((each) => `${file}:${each.line}: ${each.message}`),
    }),
  );
  const failures = problems.length + calls.filter((call) => !passed(call)).length;
  return [
    `  <testsuite name="${xml(file)}" tests="${unread.length + played.length}" failures="${failures}">`,
    ...[...unread, ...played].flat(),
    '  </testsuite>',
  ];
}

interface Case {
  readonly file: string;
  readonly line: number;
  readonly title: string;
  readonly messages: readonly string[];
}

function testCase({ file, line, title, messages }: Case): string[] {
  const head = `    <testcase classname="${xml(file)}" name="${xml(title)}" file="${xml(file)}" line="${line}"`;
  const [first] = messages;
  if (first === undefined) return [`${head}/>`];
  const failure = `      <failure message="${xml(first)}">${xml(messages.join('\n'))}</failure>`;
  return [`${head}>`, failure, '    </testcase>'];
}

function xml(text: string): string {
  const named: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return clean(text).replace(/[&<>"]/g, (character) => named[character] ?? '');
}
