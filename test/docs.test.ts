import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { main as flows } from '../cli/flows.ts';
import { awsFault } from './kit/awscli.ts';
import { runCommand } from './kit/command.ts';
import { pages } from './kit/pages.ts';
import { programs, shellWords, wouldTake } from './kit/programs.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const { scripts } = JSON.parse(read('package.json')) as { scripts: Readonly<Record<string, string>> };

describe.each(pages)('$path', ({ path, text }) => {
  test('links to what there is', () => {
    expect(linksOf(text).filter((link) => !leads(path, link))).toEqual([]);
  });

  const commands = commandsOf(text);
  const aws = awsLinesOf(text);
  const names = namesOf(text);
  if (commands.length + aws.length + names.length > 0) {
    test('names commands that are taken', async () => {
      const verdicts = names.map((line) => [line, misnamed(line)]);
      for (const line of aws) verdicts.push([line, awsFault(shellWords(line))]);
      for (const line of commands) verdicts.push([line, await refusalOf(line)]);
      expect(verdicts.filter(([, fault]) => fault !== undefined)).toEqual([]);
    });
  }

  const sessions = sessionsOf(text);
  if (sessions.length > 0) {
    test('shows what commands print', async () => {
      for (const { words, shown } of sessions) {
        const printed = (await runCommand(flows, words, {})).out.split('\n');
        expect([words, shown.filter((line) => !printed.includes(line))]).toEqual([words, []]);
      }
    });
  }
});

test('the README lists every command', () => {
  const [, rows = ''] = /^## Commands\n([\s\S]*?)^## /m.exec(read('README.md')) ?? [];
  const missing = programs.flatMap(({ name, commands }) => {
    const own = rows.split('\n').filter((row) => row.includes(`npx branchline ${name}`));
    const named = own.join('\n').replaceAll(`npx branchline ${name} `, '');
    return own.length === 0 ? [name] : Object.keys(commands).filter((each) => !named.includes(`\`${each}`));
  });
  expect(missing).toEqual([]);
});

/** Targets of links and pictures, code left out. */
function linksOf(text: string): string[] {
  const prose = text.replaceAll(/^ *```[\s\S]*?^ *```/gm, '').replaceAll(/`[^`\n]*`/g, 'x');
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
}

function leads(from: string, link: string): boolean {
  if (/^(https?|mailto):/.test(link)) return true;
  const [file = '', heading] = link.split('#');
  const path = file === '' ? from : join(dirname(from), file);
  if (!existsSync(join(root, path))) return false;
  return heading === undefined || (path.endsWith('.md') && headingsOf(read(path)).has(heading));
}

/** Anchors of headings, as GitHub makes them. */
function headingsOf(text: string): Set<string> {
  const headings = [...text.replaceAll(/^ *```[\s\S]*?^ *```/gm, '').matchAll(/^#+ (.+)$/gm)];
  const slug = (heading: string) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(' ', '-');
  return new Set(headings.map(([, heading = '']) => slug(heading)));
}

/** The commands of shell blocks. */
function shellCommandsOf(text: string): string[] {
  return [...text.matchAll(/^ *```sh\n([\s\S]*?)^ *```/gm)]
    .flatMap(([, block = '']) => block.replaceAll(/\\\n\s*/g, '').split('\n'))
    .flatMap((line) => line.replace(/(^|\s)#.*$/, '').split(/&&|\||;/))
    .map((line) => line.replace(/^\s*(?:\$ )?(?:[A-Z_]+=(?!\$\()\S* )*/, '').trim());
}

/** Our commands, without those that leave something to fill in. */
function commandsOf(text: string): string[] {
  return shellCommandsOf(text)
    .filter((line) => /^(npx branchline|npm run)\b/.test(line))
    .filter((line) => !/…|\b(?:[A-Z]{2,}|A|B)(?=\s|$)/.test(line));
}

/** Commands of the AWS CLI, also those whose answer is kept: `BACKUP=$(aws …)`. */
function awsLinesOf(text: string): string[] {
  return shellCommandsOf(text)
    .map((line) => line.replace(/^\w+=\$\((.*)\)$/, '$1'))
    .filter((line) => line.startsWith('aws '));
}

/** Commands that need no running stack, with the lines that a page shows below them: `$ npx branchline flows prove …`. */
function sessionsOf(text: string): { words: string[]; shown: string[] }[] {
  return [...text.matchAll(/^ *```\n([\s\S]*?)^ *```/gm)]
    .flatMap(([, block = '']) => block.split(/^ *\$ /m).slice(1))
    .map((session) => session.split('\n').map((line) => line.trimEnd()))
    .filter(([line = '']) => /^npx branchline flows (check|test|prove|lint|diff) /.test(line))
    .map(([line = '', ...shown]) => ({ words: shellWords(line).slice(3), shown: shown.filter(Boolean) }));
}

/** Programs and commands that sentences name: `npx branchline flows push …`. */
function namesOf(text: string): string[] {
  return [...text.matchAll(/`((?:npx branchline|npm run) [a-z][^`\n]*)`/g)].map(([, code = '']) => code);
}

/** Why a command would be refused, or `undefined`. */
async function refusalOf(line: string): Promise<string | undefined> {
  const { script, program, words } = partsOf(line);
  if (script !== undefined && !Object.hasOwn(scripts, script)) return 'package.json has no such script';
  if (program === undefined) return words.length > 0 && script === undefined ? 'no such program' : undefined;
  const { code, err } = await wouldTake(program, words);
  return code === 0 ? undefined : err.split('\n')[0];
}

/** What is wrong with the name of a program or a command, or `undefined`. */
function misnamed(line: string): string | undefined {
  const { script, program, words } = partsOf(line);
  if (script !== undefined && !Object.hasOwn(scripts, script)) return 'package.json has no such script';
  if (program === undefined) return script === undefined ? 'no such program' : undefined;
  const [command = ''] = words;
  const names = program.plain !== undefined || !/^[a-z]/.test(command);
  return names || Object.hasOwn(program.commands, command) ? undefined : `no command "${command}"`;
}

/** `npm run flows -- push FILE` and `npx branchline flows push FILE` name one program and its words. */
function partsOf(line: string) {
  const [npm, , name = '', ...rest] = shellWords(line);
  const words = npm === 'npm' && rest[0] === '--' ? rest.slice(1) : rest;
  const program = programs.find((each) => each.name === name);
  return { script: npm === 'npm' ? name : undefined, program, words };
}
