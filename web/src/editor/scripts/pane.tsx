import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Drawer, Skeleton } from 'antd';
import { type Dispatch, type SetStateAction, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { KeptScript, ScriptRemote } from '../../draft/remote.ts';
import { useFlow } from '../documentstore.ts';
import { useEditorContext } from '../editorcontext.ts';
import { ScriptLines } from './lines.tsx';
import { Outcome } from './outcome.tsx';
import { useScriptResult } from './scriptresult.ts';
import { afterSave, currentScript, type ScriptWork, writeScript } from './scriptwork.ts';
import './scripts.css';

interface ScriptPaneProps {
  readonly scripts: ScriptRemote;
  /** What was written and is not saved; it stays when the pane is closed. */
  readonly work: ScriptWork;
  readonly setWork: Dispatch<SetStateAction<ScriptWork>>;
  readonly close: () => void;
}

/** The call script kept with the draft: written here, played against the canvas while one writes, and saved. */
export function ScriptPane({ scripts, work, setWork, close }: ScriptPaneProps) {
  const { t } = useTranslation();
  const flow = useFlow();
  const kept = useQuery({
    queryKey: ['calls-txt', flow.id],
    queryFn: () => scripts.read(),
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnReconnect: false,
  });
  if (kept.data !== undefined) return <Writing kept={kept.data} {...{ scripts, work, setWork, close }} />;
  return (
    <Drawer open size={640} mask={false} title={t('scripts.title')} onClose={close}>
      {kept.isError ? <Alert type="error" title={kept.error.message} /> : <Skeleton active />}
    </Drawer>
  );
}

function Writing({ kept, close, ...props }: ScriptPaneProps & { readonly kept: KeptScript }) {
  const { t } = useTranslation();
  const { mayEdit } = useEditorContext();
  const { text, unsaved, write, saving, fault, save } = useWriting(kept, props);
  const played = useScriptResult(text, props.scripts);
  const area = useRef<HTMLTextAreaElement>(null);
  const show = (line: number) => select(area.current, line);
  return (
    <Drawer
      open
      size={640}
      mask={false}
      title={t('scripts.title')}
      rootClassName="scripts"
      onClose={close}
      extra={
        mayEdit ? (
          <Button type="primary" disabled={!unsaved} loading={saving} onClick={() => void save()}>
            {t('scripts.save')}
          </Button>
        ) : null
      }
    >
      <p className="scripts-help">{t('scripts.help')}</p>
      {fault === undefined ? null : <Alert type="error" showIcon title={fault} />}
      <ScriptLines area={area} text={text} marks={played.marks} write={mayEdit ? write : undefined} />
      <Outcome played={played} show={show} />
    </Drawer>
  );
}

/** The script as it is written, what is saved of it, and how it is saved. */
function useWriting(kept: KeptScript, { scripts, work, setWork }: Omit<ScriptPaneProps, 'close'>) {
  const [saved, setSaved] = useState(kept);
  const [saving, setSaving] = useState(false);
  const [fault, setFault] = useState<string | undefined>(undefined);
  const gone = useRef(false);
  useEffect(() => {
    gone.current = false;
    return () => {
      gone.current = true;
    };
  }, []);
  const current = currentScript(work, saved);
  const write = (text: string) => setWork((before) => writeScript(before, saved, text));
  async function save() {
    setSaving(true);
    setFault(undefined);
    try {
      const next = await scripts.save(current.text, current.etag);
      setWork((before) => afterSave(before, saved, current.text, next));
      if (!gone.current) setSaved(next);
    } catch (error) {
      if (!gone.current) setFault(error instanceof Error ? error.message : String(error));
    } finally {
      if (!gone.current) setSaving(false);
    }
  }
  const { text } = current;
  return { text, unsaved: text !== saved.text, write, saving, fault, save };
}

/** Selects a line in a text area, and brings it into view. */
function select(area: HTMLTextAreaElement | null, line: number): void {
  if (area === null) return;
  const lines = area.value.split('\n');
  const start = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
  area.focus();
  area.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
}
