import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Popconfirm } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import type { Flow } from '../../../lib/flow/flow.ts';
import { listVersions, readDraft, remoteOf, setLive } from '../api/flows.ts';
import { Refusal, reasonOf } from '../api/refusal.ts';
import { CompareButton } from '../compare/comparison.tsx';
import type { Draft } from '../draft/remote.ts';
import { Editor } from '../editor/editor.tsx';
import { Account } from '../session/account.tsx';
import { useApi, useMay, useSigned } from '../session/context.ts';
import { LoadError } from '../shell/loaderror.tsx';
import { toast } from '../shell/toast.ts';
import { useTitle } from '../shell/usetitle.ts';
import { Waiting } from '../shell/waiting.tsx';
import { dateTime } from '../words/time.ts';
import { versionQuery } from './callquery.ts';
import { NotFound } from './notfound.tsx';
import { PageLayout } from './pagelayout.tsx';

/** A version as it was published, to look at. */
export function VersionPage() {
  const { id = '', n = '' } = useParams();
  const number = Number(n);
  const api = useApi();
  const version = useQuery(versionQuery(api, id, number));
  // The version never changes, but the draft does, and which version is live.
  const draft = useQuery({ queryKey: draftKey(id), queryFn: () => readDraft(api, id), gcTime: 0 });
  if (version.data !== undefined && draft.data !== undefined) {
    return <Shown key={`${id} ${n}`} number={number} version={version.data} draft={draft.data} />;
  }
  const failed = version.isError ? version : draft;
  const { error } = failed;
  if (error instanceof Refusal && [404, 422].includes(error.status)) {
    return (
      <PageLayout>
        <NotFound />
      </PageLayout>
    );
  }
  if (failed.isError) {
    return (
      <PageLayout>
        <LoadError error={error} retry={() => void failed.refetch()} />
      </PageLayout>
    );
  }
  return <Waiting />;
}

/** The draft beside a version. That of the editor is another: it is not read again while somebody draws. */
const draftKey = (id: string) => ['draft', id, 'beside'];

interface ShownProps {
  readonly number: number;
  readonly version: Flow;
  readonly draft: Draft;
}

function Shown({ number, version, draft }: ShownProps) {
  const { t, i18n } = useTranslation();
  const { api, session } = useSigned();
  const may = useMay();
  const queries = useQueryClient();
  const { live, flow } = draft;
  const { id } = flow;
  // Who published it, when and why is told of the newest ones.
  const listed = useQuery({
    queryKey: ['versions', id, 'page'],
    queryFn: () => listVersions(api, id, undefined),
  }).data?.items.find((each) => each.version === number);
  const makeLive = async () => {
    try {
      await setLive(api, id, number);
      queries.setQueryData<Draft>(draftKey(id), (old) => old && { ...old, live: number });
      toast.success(t('versions.isLive', { version: number }));
    } catch (error) {
      toast.error(reasonOf(error));
    }
  };
  useTitle(`${version.name} · ${t('compare.version', { version: number })}`);
  const navigate = useNavigate();
  const remote = useMemo(() => remoteOf(api, id), [api, id]);
  return (
    <Editor
      draft={{ ...draft, flow: version }}
      remote={remote}
      user={session.user}
      may={{ edit: false, publish: false }}
      back={() => void navigate(`/flows/${id}`)}
      statusText={
        <>
          {t('versions.looking', { version: number })}
          {live === number ? ` · ${t('versions.live')}` : ''}
          {listed === undefined
            ? ''
            : ` · ${t('versions.by', { at: dateTime(listed.at, i18n.language), who: listed.by })}`}
          {listed?.note ? ` · ${listed.note}` : ''}
        </>
      }
      extra={() => (
        <>
          {may('PUT /api/flows/{id}') ? (
            <Button onClick={() => void navigate(`/flows/${id}`, { state: { restore: number } })}>
              {t('versions.restore')}
            </Button>
          ) : null}
          {may('PUT /api/flows/{id}/live') && live !== number ? (
            <Popconfirm
              title={t('versions.makeLiveTitle', { version: number })}
              description={t('versions.makeLiveText')}
              okText={t('versions.makeLive')}
              cancelText={t('flows.cancel')}
              onConfirm={makeLive}
            >
              <Button>{t('versions.makeLive')}</Button>
            </Popconfirm>
          ) : null}
          <CompareButton
            size="middle"
            flow={flow}
            sides={[
              { key: 'version', name: t('compare.version', { version: number }), flow: version },
              { key: 'draft', name: t('compare.draft'), flow },
            ]}
            first={['version', 'draft']}
          />
          <Account small />
        </>
      )}
    />
  );
}
