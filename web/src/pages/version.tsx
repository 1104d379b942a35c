import { useQuery } from '@tanstack/react-query';
import { Tag } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { readDraft, readVersion, remoteOf } from '../api/flows.ts';
import { Refusal } from '../api/refusal.ts';
import { Editor } from '../canvas/editor.tsx';
import type { Draft } from '../canvas/remote.ts';
import { Waiting } from '../routes.tsx';
import { Account } from '../session/account.tsx';
import { useApi, useSigned } from '../session/context.ts';
import { Failed } from './failed.tsx';
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
      return { ...draft, flow };
    },
  });
  if (version.data !== undefined) {
    return <Shown key={`${id} ${n}`} number={number} version={version.data} />;
  }
  const { error } = version;
  if (error instanceof Refusal && [404, 422].includes(error.status)) return <Missing />;
  if (version.isError) return <Failed error={error} retry={() => void version.refetch()} />;
  return <Waiting />;
}

function Shown({ number, version }: { number: number; version: Draft }) {
  const { t } = useTranslation();
  const { api, session } = useSigned();
  const navigate = useNavigate();
  const remote = useMemo(() => remoteOf(api, version.flow.id), [api, version.flow.id]);
  return (
    <Editor
      draft={version}
      remote={remote}
      user={session.user}
      may={{ edit: false, publish: false }}
      back={() => void navigate(`/flows/${version.flow.id}`)}
      extra={() => (
        <>
          <Tag color="processing">{t('versions.looking', { version: number })}</Tag>
          <Account small />
        </>
      )}
    />
  );
}
