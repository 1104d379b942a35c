import { Alert, Button, Drawer, Input, Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { check, misshapen } from '../../../lib/engine/check.ts';
import type { Flow } from '../../../lib/flow/flow.ts';
import { useDesk, useFlow } from '../document/desk.ts';
import { replace } from '../document/edits.ts';
import { withLayout } from '../layout/layout.ts';
import { useSurroundings } from './surroundings.ts';

/** The document as JSON. What is written here becomes one step of the drawing when it is applied. */
export function JsonView({ close }: { close: () => void }) {
  const { t } = useTranslation();
  const desk = useDesk();
  const flow = useFlow();
  const { mayEdit } = useSurroundings();
  const [edited, setEdited] = useState<{ text: string; from: Flow } | undefined>(undefined);
  const text = edited?.text ?? JSON.stringify(flow, undefined, 2);
  const read = edited === undefined ? undefined : readFlow(edited.text, flow.id);
  const apply = () => {
    if (read?.flow === undefined) return;
    desk.act(replace(desk.flow, withLayout(read.flow), 'json'));
    setEdited(undefined);
  };
  return (
    <Drawer
      open
      size={600}
      mask={false}
      title={t('canvas.json')}
      onClose={close}
      rootClassName="json"
      extra={
        edited === undefined ? null : (
          <Space>
            <Button onClick={() => setEdited(undefined)}>{t('canvas.jsonReset')}</Button>
            <Button type="primary" disabled={read?.flow === undefined} onClick={apply}>
              {t('canvas.jsonApply')}
            </Button>
          </Space>
        )
      }
    >
      {edited !== undefined && edited.from !== flow ? (
        <Alert type="warning" title={t('canvas.jsonNewer')} />
      ) : null}
      {read?.fault === undefined ? null : <Fault {...read.fault} />}
      <Input.TextArea
        aria-label={t('canvas.json')}
        className="json-text"
        readOnly={!mayEdit}
        spellCheck={false}
        value={text}
        onChange={({ target }) => setEdited({ text: target.value, from: edited?.from ?? flow })}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) apply();
        }}
      />
    </Drawer>
  );
}

interface Read {
  readonly flow?: Flow;
  readonly fault?: {
    readonly kind: 'jsonFault' | 'jsonShape' | 'jsonId';
    readonly details: readonly string[];
  };
}

function readFlow(text: string, id: string): Read {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    return { fault: { kind: 'jsonFault', details: [error instanceof Error ? error.message : ''] } };
  }
  const problems = check(document);
  if (misshapen(problems)) {
    const shape = problems.filter(({ rule }) => rule === 'shape');
    const details = shape.map(({ node, message }) => (node === undefined ? message : `${node}: ${message}`));
    return { fault: { kind: 'jsonShape', details } };
  }
  const flow = document as Flow;
  return flow.id === id ? { flow } : { fault: { kind: 'jsonId', details: [] } };
}

function Fault({ kind, details }: NonNullable<Read['fault']>) {
  const { t } = useTranslation();
  if (kind === 'jsonFault') {
    return <Alert type="error" title={t('canvas.jsonFault', { reason: details.join(' ') })} />;
  }
  return (
    <Alert
      type="error"
      title={t(`canvas.${kind}`)}
      description={details.map((detail) => <div key={detail}>{detail}</div>)}
    />
  );
}
