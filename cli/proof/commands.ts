import { asJson, command, onStage } from '../command.ts';
import { diffFlows } from './diff.ts';
import { lawsIn, lintFlows } from './lint.ts';
import { proveFlows } from './prove.ts';
import { testFlows } from './test.ts';

/** The commands of `flows` that prove flows: they change nothing. */
export const proofCommands = {
  test: command({
    takes: '[FILE…]',
    summary: 'plays the call scripts beside flows (NAME.calls.txt) and says what differs',
    details: 'Without FILE, it plays those of flows/. It also lists the nodes and exits that no call takes.',
    options: {
      update: { about: 'rewrite the expected lines' },
      junit: { value: 'FILE', about: 'write the results there as JUnit XML' },
      ...asJson,
    },
    examples: ['test', 'test flows/hello.flow.json', 'test flows/hello.flow.json --update'],
    run: testFlows,
  }),
  prove: command({
    takes: 'FILE…',
    takesAbout: 'a flow file or a folder',
    summary: 'walks every path, and says whether every caller gets to an end and how far a person is',
    details:
      'A person is an agent, an outside number or a mailbox. What fails is shown as a call script that `test` plays. Exit code 1 if a caller can be kept for ever, hears only the system’s goodbye or the apology, or can reach no person, and no `waive` of the flow says why.',
    options: {
      schedules: {
        value: 'FILE',
        about: 'a schedule, or a folder of them: how far a person is, hour by hour',
      },
      ...asJson,
    },
    examples: [
      'prove flows/hello.flow.json',
      'prove flows',
      'prove flows/*.flow.json --json',
      'prove flows/hello.flow.json --schedules schedules/office.json',
    ],
    run: proveFlows,
  }),
  lint: command({
    takes: 'FILE…',
    takesAbout: 'a flow file or a folder',
    summary: 'finds what callers would stumble over, by the rules of docs/lint.md',
    details:
      'A flow waives a warning by `"waive": [{ "rule": …, "node": …, "because": … }]`. Only --rules makes errors. Exit code 1 if there is an error; with --strict, also if there is a warning.',
    options: {
      strict: { about: 'warnings fail, too' },
      rules: { value: 'es,cn', about: 'turns what the law of Spain or China requires into an error' },
      ...asJson,
    },
    examples: [
      'lint flows/hello.flow.json',
      'lint flows --strict',
      'lint flows/hello.flow.json --rules es,cn',
    ],
    check: (_, { rules }) => void lawsIn(rules),
    run: lintFlows,
  }),
  diff: command({
    takes: 'A B',
    takesAbout: '2 arguments: files, ids, or versions such as hello@3',
    summary: 'lists the differences from A to B, one sentence each',
    details: 'Each is a file, ID (the draft), ID@3 or ID@live. The layout is left out.',
    options: onStage,
    examples: [
      'diff hello@live hello',
      'diff flows/hello.flow.json hello@3',
      'diff hello@2 hello@3 --stage prod',
    ],
    run: (args, { stage }) => diffFlows(args, stage),
  }),
};
