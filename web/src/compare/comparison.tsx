import { DiffOutlined, SwapOutlined } from '@ant-design/icons';
import { Alert, Button, Modal, Select, Skeleton } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Flow } from '../../../lib/flow/flow.ts';
import { EditorBoundary } from '../editor/editorboundary.tsx';
import { withLayout } from '../layout/layout.ts';
import { SideBySide } from './sidebyside.tsx';
import { useVersion } from './version.ts';
import './compare.css';

/** A document to compare: a flow, or a version that is read on demand. */
export type Side = { readonly key: string; readonly name: string } & (
  | { readonly flow: Flow }
  | { readonly version: number; readonly read: (version: number) => Promise<Flow> }
);

interface ComparisonProps {
  readonly open: boolean;
  readonly close: () => void;
  /** The id and the name of the flow. */
  readonly flow: Pick<Flow, 'id' | 'name'>;
  readonly sides: readonly Side[];
  /** The keys of the two sides to begin with. */
  readonly first: readonly [before: string, after: string];
}

interface CompareButtonProps extends Omit<ComparisonProps, 'open' | 'close'> {
  /** Small stands in a text, as it does if left out; middle in a bar beside other buttons. */
  readonly size?: 'small' | 'middle';
}

/** A button that opens a comparison. */
export function CompareButton({ size = 'small', ...compared }: CompareButtonProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button className="compare" size={size} icon={<DiffOutlined />} onClick={() => setOpen(true)}>
        {t('compare.sideBySide')}
      </Button>
      <Comparison {...compared} open={open} close={() => setOpen(false)} />
    </>
  );
}

/** A dialog, as large as the window, with two documents of a flow side by side. */
export function Comparison({ open, close, flow, ...sides }: ComparisonProps) {
  const { t } = useTranslation();
  return (
    <Modal
      open={open}
      onCancel={close}
      destroyOnHidden
      centered
      width="calc(100vw - 32px)"
      footer={null}
      title={t('compare.title', { name: flow.name })}
      className="comparison"
    >
      <EditorBoundary what="dialog">
        <Sides id={flow.id} {...sides} />
      </EditorBoundary>
    </Modal>
  );
}

/** Which two documents are compared, and the two. */
function Sides({ id, sides, first }: Pick<ComparisonProps, 'sides' | 'first'> & { id: string }) {
  const { t } = useTranslation();
  const [[left, right], choose] = useState(first);
  const [hideMoves, setHideMoves] = useState(true);
  const before = useSide(id, sides, left);
  const after = useSide(id, sides, right);
  const failed = [before, after].find(({ error }) => error !== null);
  const options = sides.map(({ key, name }) => ({ value: key, label: name }));
  return (
    <>
      <div className="comparison-sides">
        <Select
          aria-label={t('compare.before')}
          value={left}
          options={options}
          onChange={(key) => choose([key, right])}
        />
        <Button
          icon={<SwapOutlined />}
          aria-label={t('compare.swap')}
          title={t('compare.swap')}
          onClick={() => choose([right, left])}
        />
        <Select
          aria-label={t('compare.after')}
          value={right}
          options={options}
          onChange={(key) => choose([left, key])}
        />
      </div>
      {failed === undefined ? null : (
        <Alert
          type="error"
          showIcon
          title={failed.error?.message}
          action={
            <Button size="small" onClick={() => void failed.retry()}>
              {t('compare.retry')}
            </Button>
          }
        />
      )}
      {before.flow === undefined || after.flow === undefined ? (
        <Skeleton active />
      ) : (
        <SideBySide
          key={`${left} ${right}`}
          before={before.flow}
          after={after.flow}
          hideMoves={hideMoves}
          setHideMoves={setHideMoves}
        />
      )}
    </>
  );
}

/** The document of a side; undefined until it is read. */
function useSide(id: string, sides: readonly Side[], key: string) {
  const side = sides.find((each) => each.key === key);
  const asked = side !== undefined && 'read' in side ? side : undefined;
  const { data, error, refetch } = useVersion(id, asked?.version, asked?.read);
  const found = side !== undefined && 'flow' in side ? side.flow : data;
  const flow = useMemo(() => (found === undefined ? undefined : withLayout(found)), [found]);
  return { flow, error, retry: refetch };
}
