import { BarChartOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { lazy, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { readDraft, remoteOf } from '../api/flows.ts';
import { Refusal } from '../api/refusal.ts';
import { LibraryContext } from '../audio/context.ts';
import { useOpenLibrary } from '../audio/open.ts';
import { useEditorState } from '../editor/documentstore.ts';
import { Editor } from '../editor/editor.tsx';
import { GroupMakerContext } from '../editor/form/groupmaker.ts';
import '../audio/audio.css';
import type { Draft } from '../draft/remote.ts';
import { Account } from '../session/account.tsx';
import { useApi, useMay, useSigned } from '../session/context.ts';
import { LinkButton } from '../shell/linkbutton.tsx';
import { LoadError } from '../shell/loaderror.tsx';
import { useTitle } from '../shell/usetitle.ts';
import { Waiting } from '../shell/waiting.tsx';
import { AfterPublish } from './afterpublish.tsx';
import { LeaveGuard } from './leaveguard.tsx';
import { NotFound } from './notfound.tsx';
import { PageLayout } from './pagelayout.tsx';
import { Restoring, Versions } from './versions.tsx';

const GroupDialog = lazy(async () => ({ default: (await import('./centre/group.tsx')).GroupDialog }));

/** The editor of the flow that the address names. */
export function EditorPage() {
  const { id = '' } = useParams();
  const api = useApi();
  const draft = useQuery({
    queryKey: ['draft', id],
    queryFn: () => readDraft(api, id),
    // It is read when the editor opens, and never under the hands of who draws.
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnReconnect: false,
  });
  if (draft.data !== undefined) return <Drawn key={id} draft={draft.data} />;
  if (draft.error instanceof Refusal && draft.error.status === 404) {
    return (
      <PageLayout>
        <NotFound />
      </PageLayout>
    );
  }
  if (draft.isError) {
    return (
      <PageLayout>
        <LoadError error={draft.error} retry={() => void draft.refetch()} />
      </PageLayout>
    );
  }
  return <Waiting />;
}

function Drawn({ draft }: { draft: Draft }) {
  const { api, session } = useSigned();
  const { t } = useTranslation();
  const may = useMay();
  const navigate = useNavigate();
  const remote = useMemo(() => remoteOf(api, draft.flow.id), [api, draft.flow.id]);
  const rights = {
    edit: may('PUT /api/flows/{id}'),
    publish: may('POST /api/flows/{id}/publish'),
    // To publish although call scripts fail is the admin's, as the audit is.
    despite: may('GET /api/audit'),
  };
  const library = useOpenLibrary();
  return (
    <GroupMakerContext value={may('PUT /api/skill-groups/{id}') ? GroupDialog : undefined}>
      <LibraryContext value={library}>
        <Editor
          draft={draft}
          remote={remote}
          user={session.user}
          may={rights}
          back={() => void navigate('/flows')}
          after={(numbers, renew) => <AfterPublish flow={draft.flow.id} numbers={numbers} renew={renew} />}
          extra={(state, losing) => (
            <>
              <FlowTitle />
              <LeaveGuard losing={losing} />
              {rights.edit ? <Restoring state={state} /> : null}
              <LinkButton
                to={`/flows/${draft.flow.id}/traffic`}
                type="text"
                icon={<BarChartOutlined />}
                aria-label={t('traffic.open')}
                title={t('traffic.open')}
              />
              <Versions state={state} mayEdit={rights.edit} mayGoLive={may('PUT /api/flows/{id}/live')} />
              <Account small />
            </>
          )}
        />
      </LibraryContext>
    </GroupMakerContext>
  );
}

/** Calls the document by the name that the flow has in the editor. */
function FlowTitle() {
  useTitle(useEditorState(({ history }) => history.flow.name));
  return null;
}
