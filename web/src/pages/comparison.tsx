import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { readVersion } from '../api/flows.ts';
import { Comparison, type Side } from '../compare/comparison.tsx';
import { useFlow } from '../editor/desk.ts';
import { useApi } from '../session/context.ts';

interface VersionComparisonProps {
  readonly open: boolean;
  /** The version to begin with. */
  readonly version: number;
  readonly versions: readonly number[];
  readonly close: () => void;
}

/** Compares versions of the flow on the desk with each other, and with what is on the desk. */
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
