import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Flow } from '../../../lib/flow/flow.ts';
import { useNames } from '../i18n/naming.ts';
import { difference } from './difference.ts';
import { changeText } from './sentences.ts';
import './changes.css';

/** In what a document differs from an earlier one, as a list of sentences. */
export function Changes({ before, after }: { before: Flow; after: Flow }) {
  const { t } = useTranslation();
  const names = useNames();
  const sentences = useMemo(
    () =>
      difference(before, after).map((change) => ({
        change,
        text: changeText(t, names, change, before, after),
      })),
    [before, after, t, names],
  );
  if (sentences.length === 0) return <p className="changes-none">{t('difference.nothing')}</p>;
  return (
    <ul className="changes">
      {sentences.map(({ change, text }) => (
        <li key={JSON.stringify(change)} data-change={change.change}>
          {text}
        </li>
      ))}
    </ul>
  );
}
