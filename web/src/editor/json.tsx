import { Alert, Button, Drawer, Input, Space } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Flow } from '../../../lib/flow/flow.ts';
import { replace } from '../document/edits.ts';
import { type ReadFlow, readFlow } from '../document/reading.ts';
import { withLayout } from '../layout/layout.ts';
import { Faults } from '../shell/faults.tsx';
import { jsonFaultSentence } from '../words/jsonfault.ts';
import { problemLine } from '../words/sentences.ts';
import { useDocumentStore, useFlow } from './documentstore.ts';
import { useEditorContext } from './editorcontext.ts';

/** JSON that was written and is not applied, and the document that it was written on. */
export interface JsonEdit {
  readonly text: string;
  readonly from: Flow;
}

interface JsonViewProps {
  /** What was written; it stays when the view is closed. */
  readonly edited: JsonEdit | undefined;
  readonly setEdited: (edited: JsonEdit | undefined) => void;
  readonly close: () => void;
}

/** The document as JSON. What is written here becomes one step of the drawing when it is applied. */
export function JsonView({ edited, setEdited, close }: JsonViewProps) {
  const { t } = useTranslation();
  const store = useDocumentStore();
  const flow = useFlow();
  const { mayEdit } = useEditorContext();
  const text = edited?.text ?? JSON.stringify(flow, undefined, 2);
  const read = edited === undefined ? undefined : readOwn(edited.text, flow.id);
  const written = read !== undefined && 'flow' in read ? read.flow : undefined;
  const apply = () => {
    if (written === undefined) return;
    store.apply(replace(store.flow, withLayout(written), 'json'));
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
            <Button type="primary" disabled={written === undefined} onClick={apply}>
              {t('canvas.jsonApply')}
            </Button>
          </Space>
        )
      }
    >
      {edited !== undefined && edited.from !== flow ? (
        <Alert type="warning" title={t('canvas.jsonNewer')} />
      ) : null}
      {read === undefined || 'flow' in read ? null : <ReadFaults fault={read.fault} />}
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

type Fault = { readonly outcome: 'id' } | Exclude<ReadFlow, { readonly outcome: 'flow' }>;

/** What was written, if it is this flow still; else what is wrong with it. */
function readOwn(text: string, id: string): { readonly flow: Flow } | { readonly fault: Fault } {
  const read = readFlow(text);
  if (read.outcome !== 'flow') return { fault: read };
  return read.flow.id === id ? { flow: read.flow } : { fault: { outcome: 'id' } };
}

function ReadFaults({ fault }: { fault: Fault }) {
  const { t } = useTranslation();
  if (fault.outcome === 'id') return <Alert type="error" title={t('canvas.jsonId')} />;
  if (fault.outcome === 'json') {
    const sentences = fault.faults.map((each) => jsonFaultSentence(t, each));
    return <Alert type="error" title={<Faults sentences={sentences} />} />;
  }
  const sentences = fault.problems.map((problem) => problemLine([problem]));
  return <Alert type="error" title={t('canvas.jsonShape')} description={<Faults sentences={sentences} />} />;
}
