import { Alert, Button, Modal, Space } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { download } from '../shell/download.ts';
import { ErrorBoundary, ErrorDetails } from '../shell/errorboundary.tsx';
import { useDocumentStore, useEditorState, useFlow } from './documentstore.ts';
import './editorboundary.css';

interface EditorBoundaryProps {
  readonly what: 'canvas' | 'panel' | 'dialog' | 'editor';
  readonly children: ReactNode;
  /** Closes a dialog: what is told of one that broke stands in a dialog, too. */
  readonly close?: () => void;
  /** Whether the document holds what is not saved; left out, whether anything was done to it. */
  readonly unsaved?: boolean;
  /** Leaves the editor; given if no other control could. */
  readonly leave?: () => void;
}

/** A part of the editor that may break without the others: they go on, and what was drawn can be saved, or left. */
export function EditorBoundary({ children, ...part }: EditorBoundaryProps) {
  return (
    <ErrorBoundary instead={(error, again) => <BrokenPart {...part} error={error} again={again} />}>
      {children}
    </ErrorBoundary>
  );
}

interface BrokenPartProps extends Omit<EditorBoundaryProps, 'children'> {
  readonly error: unknown;
  readonly again: () => void;
}

function BrokenPart({ what, error, again, close, leave, unsaved }: BrokenPartProps) {
  const { t } = useTranslation();
  const flow = useFlow();
  const [broken] = useState(flow);
  useEffect(() => {
    // Another document may be drawn, such as that before the last step.
    if (flow !== broken) again();
  }, [flow, broken, again]);
  const told = (
    <Alert
      type="error"
      showIcon
      title={t(`rescue.${what}`)}
      description={
        <>
          <p>{t('rescue.text')}</p>
          <Ways again={again} unsaved={unsaved} leave={leave} />
          <ErrorDetails error={error} />
        </>
      }
    />
  );
  if (close === undefined) return <div className={`broken-part of-${what}`}>{told}</div>;
  return (
    <Modal
      open
      footer={null}
      onCancel={() => {
        close();
        again();
      }}
    >
      <div className="broken-part">{told}</div>
    </Modal>
  );
}

interface WaysProps {
  readonly again: () => void;
  readonly unsaved: boolean | undefined;
  readonly leave: (() => void) | undefined;
}

/** The ways on from a part that broke. */
function Ways({ again, unsaved, leave }: WaysProps) {
  const { t } = useTranslation();
  const store = useDocumentStore();
  const edited = useEditorState(({ history }) => history.past.length > 0);
  return (
    <Space wrap>
      {edited ? (
        <Button type="primary" onClick={() => store.undo()}>
          {t('rescue.undo')}
        </Button>
      ) : null}
      <Button onClick={again}>{t('rescue.again')}</Button>
      <Button onClick={() => downloadFlow(store.flow)}>{t('rescue.download')}</Button>
      <Button onClick={() => window.location.reload()}>
        {t((unsaved ?? edited) ? 'rescue.without' : 'shell.reload')}
      </Button>
      {leave === undefined ? null : <Button onClick={leave}>{t('canvas.back')}</Button>}
    </Space>
  );
}

/** Gives the user a document as a file that can be imported. */
function downloadFlow(flow: { readonly id: string }): void {
  download(`${flow.id}.flow.json`, `${JSON.stringify(flow, null, 2)}\n`);
}
