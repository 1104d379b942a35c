import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Input, Modal, Select, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { languages } from '../../../lib/flow/language.ts';
import { readPronunciations, setPronunciations } from '../api/audio.ts';
import { reasonOf } from '../api/refusal.ts';
import { useApi, useMay } from '../session/context.ts';
import { upTo } from '../shell/length.ts';
import { toast } from '../shell/toast.ts';
import { useUnsavedForm } from '../shell/unsavedform.tsx';
import { languageName } from '../words/languages.ts';
import { listed } from '../words/listing.ts';

interface Word {
  readonly word: string;
  readonly spokenAs: string;
}

/** The words of languages, with the ETags of those that they were made from. */
type Written = Readonly<Record<string, { readonly words: readonly Word[]; readonly etag: string }>>;

/** Opens the list of how words are spoken, language by language. */
export function Pronunciations() {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('audio.words.title')}</Button>
      {open ? <PronunciationsDialog close={() => setOpen(false)} /> : null}
    </>
  );
}

function PronunciationsDialog({ close }: { close: () => void }) {
  const { t, i18n } = useTranslation();
  const api = useApi();
  const [language, setLanguage] = useState(i18n.language);
  const { touch, dialog, question } = useUnsavedForm(close);
  const list = useQuery({
    queryKey: ['pronunciations', language],
    queryFn: () => readPronunciations(api, language),
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
  // The words of every language that were written here: another language is looked at without losing them.
  const [written, setWritten] = useState<Written>({});
  const { busy, failure, save } = useSaving(close, setLanguage);
  const read = written[language] ?? list.data;
  return (
    <Modal open width={640} title={t('audio.words.title')} footer={null} {...dialog}>
      <p>{t('audio.words.about')}</p>
      <Select
        showSearch={{ optionFilterProp: 'label' }}
        aria-label={t('flows.language')}
        style={{ width: '100%' }}
        value={language}
        options={languages.map((tag) => ({ value: tag, label: languageName(tag, i18n.language) }))}
        onChange={setLanguage}
      />
      {list.isError ? <Alert type="error" showIcon title={reasonOf(list.error)} /> : null}
      {read === undefined ? (
        list.isPending && <Skeleton active />
      ) : (
        <WordList
          words={read.words}
          put={(words) => {
            touch();
            setWritten({ ...written, [language]: { ...read, words } });
          }}
          failure={failure}
          busy={busy}
          save={() => void save({ [language]: read, ...written })}
        />
      )}
      {question}
    </Modal>
  );
}

/** Saves the words of some languages, one language after the other, and closes; one that is refused is shown. */
function useSaving(close: () => void, show: (language: string) => void) {
  const { t, i18n } = useTranslation();
  const api = useApi();
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | undefined>(undefined);

  async function save(written: Written) {
    setBusy(true);
    setFailure(undefined);
    const concerned = new Set<string>();
    for (const [language, { words, etag }] of Object.entries(written)) {
      try {
        const named = words.filter(({ word }) => word.trim() !== '');
        for (const flow of await setPronunciations(api, language, named, etag)) concerned.add(flow);
        await queries.invalidateQueries({ queryKey: ['pronunciations', language] });
      } catch (error) {
        show(language);
        setFailure(reasonOf(error));
        setBusy(false);
        return;
      }
    }
    if (concerned.size === 0) toast.success(t('audio.words.saved'));
    else {
      toast.success(t('audio.words.saved'), {
        detail: t('audio.words.concerns', { flows: listed([...concerned], i18n.language) }),
        seconds: 15,
      });
    }
    close();
  }
  return { busy, failure, save };
}

interface WordListProps {
  readonly words: readonly Word[];
  /** Is called with each change. */
  readonly put: (words: readonly Word[]) => void;
  readonly failure: string | undefined;
  readonly busy: boolean;
  readonly save: () => void;
}

function WordList({ words, put, failure, busy, save }: WordListProps) {
  const { t } = useTranslation();
  const may = useMay();
  const mayEdit = may('PUT /api/pronunciations/{language}');
  const change = (place: number, news: Partial<Word>) =>
    put(words.map((word, index) => (index === place ? { ...word, ...news } : word)));

  return (
    <div className="words">
      {words.length === 0 ? <p className="faint">{t('audio.words.none')}</p> : null}
      {words.map(({ word, spokenAs }, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: words have no name but their place
        <div key={place} className="word">
          <Input
            {...upTo(100)}
            disabled={!mayEdit}
            aria-label={t('audio.words.word')}
            placeholder={t('audio.words.word')}
            value={word}
            onChange={({ target }) => change(place, { word: target.value })}
          />
          <Input
            {...upTo(200)}
            disabled={!mayEdit}
            aria-label={t('audio.words.spokenAs')}
            placeholder={t('audio.words.spokenAs')}
            value={spokenAs}
            onChange={({ target }) => change(place, { spokenAs: target.value })}
          />
          {mayEdit ? (
            <Button
              type="text"
              icon={<DeleteOutlined />}
              aria-label={t('audio.words.remove', { word })}
              onClick={() => put(words.filter((_, index) => index !== place))}
            />
          ) : null}
        </div>
      ))}
      {failure === undefined ? null : <Alert type="error" showIcon title={failure} />}
      {mayEdit ? (
        <div className="choices">
          <Button icon={<PlusOutlined />} onClick={() => put([...words, { word: '', spokenAs: '' }])}>
            {t('audio.words.add')}
          </Button>
          <Button type="primary" loading={busy} onClick={save}>
            {t('audio.words.save')}
          </Button>
        </div>
      ) : null}
    </div>
  );
}
