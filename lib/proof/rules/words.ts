import { check } from '../../engine/check.ts';
import type { Flow } from '../../flow/flow.ts';
import type { LintRule, Stumble } from './rule.ts';

/** The rules about texts and voices. */
export const wordRules: readonly LintRule[] = [
  {
    id: 'digits-number',
    severity: 'warning',
    about: 'A Chinese text holds a long number that is written without spaces.',
    why: 'The voice reads it as millions, not digit by digit.',
    source: 'Tencent Cloud Contact Centre, documentation of prompts.',
    fix: 'Write the digits with spaces between them, or as `${Name:digits}`.',
    *find({ texts }) {
      for (const { node, field, text, tag } of texts) {
        const [number] = /\d{5,}/.exec(text.replace(/\$\{[^}]*\}/g, ' ')) ?? [];
        if (/^(zh|cmn|yue)/i.test(tag) && number !== undefined) {
          yield { node, field, message: `“${number}” is read as one number.`, values: { number } };
        }
      }
    },
  },
  {
    id: 'voice-mismatch',
    severity: 'warning',
    about: 'A text is written in a script that its language and voice do not speak.',
    why: 'The voice spells it letter by letter, or says nothing.',
    source: 'Our own rule.',
    fix: 'Set the language of the text, or translate it.',
    *find({ texts }) {
      for (const { node, field, text, tag } of texts) {
        const plain = text.replace(/\$\{[^}]*\}/g, '');
        const han = (plain.match(/\p{Script=Han}/gu) ?? []).length;
        const latin = (plain.match(/[A-Za-z]{2,}/g) ?? []).length;
        const isEast = /^(zh|cmn|yue|ja|ko)/i.test(tag);
        if (!isEast && han > 1)
          yield {
            node,
            field,
            message: `The text is Chinese, its language is \`${tag}\`.`,
            values: { language: tag },
          };
        if (/^(zh|cmn|yue)/i.test(tag) && han === 0 && latin > 2) {
          yield {
            node,
            field,
            message: `The text has no Chinese character, its language is \`${tag}\`.`,
            says: 'foreign',
            values: { language: tag },
          };
        }
      }
    },
  },
  {
    id: 'voices-change',
    severity: 'warning',
    about: 'One language is spoken by several voices.',
    why: 'Callers think that they have been put through to somebody else.',
    source: 'Our own rule.',
    fix: 'Set one voice for the flow, and none for its texts.',
    find({ texts }) {
      const voices = new Map<string, { voice: string; node: string; field: string }>();
      const stumbles = new Map<string, Stumble>();
      for (const { language, voice, node, field } of texts) {
        if (voice === undefined) continue;
        const first = voices.get(language) ?? { voice, node, field };
        voices.set(language, first);
        if (first.voice !== voice && !stumbles.has(language)) {
          const message = `\`${voice}\` speaks here, \`${first.voice}\` at \`${first.node}\`.`;
          const values = { voice, other: first.voice, node: first.node };
          stumbles.set(language, { node, field, message, values });
        }
      }
      return stumbles.values();
    },
  },
  {
    id: 'looks-like-a-variable',
    severity: 'warning',
    about: 'A text holds what looks like a variable, and is spoken as it is written.',
    why: 'Callers hear braces and percent signs.',
    source: 'Our own rule.',
    fix: 'Write variables as `${Name}`.',
    find: ({ flow }) => checked(flow, 'looks-like-a-variable'),
  },
  {
    id: 'unspeakable',
    severity: 'warning',
    about: 'A text holds a web or mail address, markup, or an emoji.',
    why: 'A voice spells them, or reads "less than, break, slash".',
    source: 'Our own rule.',
    fix: 'Write it as it is to be spoken: "example dot com".',
    *find({ texts }) {
      for (const { node, field, text } of texts) {
        const [found] =
          /https?:\/\/\S+|\bwww\.\S+|\S+@\S+\.\S+|<\/?[a-z][^>]*>|\p{Extended_Pictographic}/iu.exec(text) ??
          [];
        if (found !== undefined)
          yield { node, field, message: `“${found}” cannot be spoken well.`, values: { text: found } };
      }
    },
  },
  {
    id: 'missing-translation',
    severity: 'warning',
    about: 'A text is missing in a language that the flow speaks.',
    why: 'Callers who chose that language hear another one.',
    source: 'Our own rule.',
    fix: 'Write the text in that language.',
    find: ({ flow }) => checked(flow, 'missing-translation'),
  },
];

/** The problems of `check` by a rule that the linter shares, also those that the flow waives. */
function checked({ waive: _, ...flow }: Flow, rule: string): Stumble[] {
  return check(flow).flatMap(({ node, field, message, ...problem }) =>
    problem.rule === rule
      ? [{ message, ...(node === undefined ? {} : { node }), ...(field === undefined ? {} : { field }) }]
      : [],
  );
}
