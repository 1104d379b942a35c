import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAudio } from '../audio/context.ts';
import { useOpenLibrary } from '../audio/open.ts';
import { UploadArea } from '../audio/upload.tsx';
import { Empty } from '../shell/empty.tsx';
import { FilterButtons } from '../shell/filterbuttons.tsx';
import { ListTable } from '../shell/list.tsx';
import { PageHeader } from '../shell/pageheader.tsx';
import { QueryList } from '../shell/query.tsx';
import { AudioRow } from './audiorow.tsx';
import { Pronunciations } from './pronunciations.tsx';
import '../audio/audio.css';

const states = ['all', 'pending', 'approved', 'rejected'] as const;

/** The audio of the library: what there is, what waits for a review, where it is used; and how words are spoken. */
export function AudioPage() {
  const { t } = useTranslation();
  const library = useOpenLibrary();
  const audio = useAudio(library);
  const [state, setState] = useState<(typeof states)[number]>('all');
  const renew = () => void audio.renew();
  const all = audio.data ?? [];
  const isIn = (wanted: string) => all.filter((each) => wanted === 'all' || each.state === wanted);
  return (
    <>
      <PageHeader title={t('audio.title')} about={t('audio.about')}>
        <Pronunciations />
      </PageHeader>
      {library.may.upload ? <UploadArea library={library} done={renew} /> : null}
      <QueryList
        query={audio}
        items={audio.data}
        empty={<Empty title={t('audio.none')} text={t('audio.noneText')} />}
      >
        {() => (
          <section className="card wide">
            <div className="filters">
              <FilterButtons
                label={t('audio.filter')}
                value={state}
                options={states.map((value) => ({
                  value,
                  label: t(`audio.states.${value}`),
                  count: isIn(value).length,
                }))}
                choose={setState}
              />
            </div>
            <ListTable
              columns={(['name', 'length', 'state', 'uploaded', 'usedBy'] as const).map((name) =>
                t(`audio.${name}`),
              )}
              actions
              step={50}
            >
              {isIn(state).map((each) => (
                <AudioRow key={each.id} audio={each} library={library} renew={renew} />
              ))}
            </ListTable>
          </section>
        )}
      </QueryList>
    </>
  );
}
