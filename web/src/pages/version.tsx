import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import type { Flow } from '../../../lib/flow/flow.ts';
import { readDraft, readVersion, remoteOf } from '../api/flows.ts';
import { Refusal } from '../api/refusal.ts';
import { CompareButton } from '../compare/comparison.tsx';
import type { Draft } from '../draft/remote.ts';
import { Editor } from '../editor/editor.tsx';
import { Account } from '../session/account.tsx';
import { useApi, useSigned } from '../session/context.ts';
import { Failed } from '../shell/failed.tsx';
import { Tag } from '../shell/tag.tsx';
import { Waiting } from '../shell/waiting.tsx';
import { Missing } from './missing.tsx';

/** A version as it was published, to look at. */
export function VersionPage() {
  const { id = '', n = '' } = useParams();
  const number = Number(n);
  const api = useApi();
  const version = useQuery({
    queryKey: ['version', id, number, 'page'],
    staleTime: Number.POSITIVE_INFINITY,
    async queryFn() {
      const [draft, flow] = await Promise.all([readDraft(api, id), readVersion(api, id, number)]);
      return { shown: { ...draft, flow }, draft: draft.flow };
    },
  });
  if (version.data !== undefined) {
    return <Shown key={`${id} ${n}`} number={number} {...version.data} />;
  }
  const { error } = version;
  if (error instanceof Refusal && [404, 422].includes(error.status)) return <Missing />;
  if (version.isError) return <Failed error={error} retry={() => void version.refetch()} />;
  return <Waiting />;
}

interface ShownProps {
  readonly number: number;
  /** The version in the place of the draft. */
  readonly shown: Draft;
  readonly draft: Flow;
}

function Shown({ number, shown, draft }: ShownProps) {
  const { t } = useTranslation();
  const { api, session } = useSigned();
  const navigate = useNavigate();
  const remote = useMemo(() => remoteOf(api, shown.flow.id), [api, shown.flow.id]);
  return (
    <Editor
      draft={shown}
      remote={remote}
      user={session.user}
      may={{ edit: false, publish: false }}
      back={() => void navigate(`/flows/${shown.flow.id}`)}
      extra={() => (
        <>
          <Tag tone="neutral">{t('versions.looking', { version: number })}</Tag>
          <CompareButton
            flow={draft}
            sides={[
              { key: 'version', name: t('compare.version', { version: number }), flow: shown.flow },
              { key: 'draft', name: t('compare.draft'), flow: draft },
            ]}
            first={['version', 'draft']}
          />
          <Account small />
        </>
      )}
    />
  );
}
