import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { readVersion } from '../api/flows.ts';
import { Comparison, type Side } from '../compare/comparison.tsx';
import { useFlow } from '../editor/documentstore.ts';
import { useApi } from '../session/context.ts';

interface VersionComparisonProps {
  readonly open: boolean;
  /** The version to begin with. */
  readonly version: number;
  readonly versions: readonly number[];
  readonly close: () => void;
}

/** Compares versions of the flow that is edited with each other, and with the draft. */
export function VersionComparison({ open, version, versions, close }: VersionComparisonProps) {
  const { t } = useTranslation();
  const api = useApi();
  const flow = useFlow();
  const sides = useMemo<Side[]>(
    () => [
      { key: 'canvas', name: t('compare.canvas'), flow },
      ...versions.map((each) => ({
        key: `v${each}`,
        name: t('compare.version', { version: each }),
        version: each,
        read: (number: number) => readVersion(api, flow.id, number),
      })),
    ],
    [api, flow, versions, t],
  );
  return <Comparison {...{ open, close, flow, sides }} first={[`v${version}`, 'canvas']} />;
}
