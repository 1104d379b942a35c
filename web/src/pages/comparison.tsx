import { useQuery } from '@tanstack/react-query';
import { Modal, Select, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readVersion } from '../api/flows.ts';
import { Changes } from '../canvas/changes.tsx';
import { useFlow } from '../canvas/desk.ts';
import { useApi } from '../session/context.ts';
import { Failed } from './failed.tsx';

interface ComparisonProps {
  readonly id: string;
  readonly version: number;
  readonly others: readonly number[];
  readonly close: () => void;
}

/** What changed from a version to the canvas, or to another version. */
export function Comparison({ id, version, others, close }: ComparisonProps) {
  const { t } = useTranslation();
  const canvas = useFlow();
  const [other, setOther] = useState(0);
  const before = useVersion(id, version);
  const after = useVersion(id, other);
  const target = other === 0 ? canvas : after.data;
  const failed = [before, after].find(({ isError }) => isError);
  return (
    <Modal open width={720} title={`v${version}`} footer={null} onCancel={close}>
      <p className="against">
        {t('versions.compareWith', { version })}{' '}
        <Select
          aria-label={t('versions.compare')}
          value={other}
          onChange={setOther}
          style={{ minWidth: 180 }}
          options={[
            { value: 0, label: t('versions.onCanvas') },
            ...others.filter((each) => each !== version).map((each) => ({ value: each, label: `v${each}` })),
          ]}
        />
      </p>
      {failed === undefined ? null : <Failed error={failed.error} retry={() => void failed.refetch()} />}
      {before.data === undefined || target === undefined ? (
        <Skeleton active />
      ) : (
        <Changes before={before.data} after={target} />
      )}
    </Modal>
  );
}

/** A version, which never changes; 0 is none. */
function useVersion(id: string, number: number) {
  const api = useApi();
  return useQuery({
    queryKey: ['version', id, number],
    queryFn: () => readVersion(api, id, number),
    enabled: number > 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
}
