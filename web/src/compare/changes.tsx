import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { usesOf } from '../../../lib/engine/uses.ts';
import type { Flow } from '../../../lib/flow/flow.ts';
import { difference, type FlowChange } from '../../../lib/proof/difference.ts';
import type { Audio } from '../api/generated/types.ts';
import { useAudio, useLibrary } from '../audio/context.ts';
import { useEditorContext } from '../editor/editorcontext.ts';
import { useNames } from '../words/naming.ts';
import { changeText } from '../words/sentences.ts';
import './changes.css';

/** A change and its sentence. */
export interface Sentence {
  readonly change: FlowChange;
  readonly text: string;
}

/** The changes between two documents as sentences in the console's language. */
export function useSentences(changes: readonly FlowChange[], before: Flow, after: Flow): readonly Sentence[] {
  const { t } = useTranslation();
  const names = useNames();
  const { groups, flows, schedules, connections } = useEditorContext();
  const audio = useAudioOf(before, after);
  return useMemo(() => {
    const known: Readonly<Record<string, readonly { id: string; name: string }[]>> = {
      groups,
      flows,
      schedules,
      connections,
      audio,
    };
    const resource = (kind: string, id: string) => known[kind]?.find((each) => each.id === id)?.name;
    return changes.map((change) => ({
      change,
      text: changeText(t, names, change, before, after, resource),
    }));
  }, [changes, before, after, t, names, groups, flows, schedules, connections, audio]);
}

const none: readonly Audio[] = [];

/** The audio of the library; it is asked only if a document plays any. */
function useAudioOf(before: Flow, after: Flow): readonly Audio[] {
  const library = useLibrary();
  const isPlayed = useMemo(
    () => [before, after].some((flow) => usesOf(flow).audio !== undefined),
    [before, after],
  );
  return useAudio(isPlayed ? library : undefined).data ?? none;
}

/** The changes between two documents, as a list of sentences. */
export function Changes({ before, after }: { before: Flow; after: Flow }) {
  const { t } = useTranslation();
  const changes = useMemo(() => difference(before, after), [before, after]);
  const sentences = useSentences(changes, before, after);
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
