import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Drawer, Skeleton } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { KeptScript, ScriptRemote } from '../../draft/remote.ts';
import { withCall } from '../../phone/script.ts';
import { useFlow } from '../documentstore.ts';
import { useEditorContext } from '../editorcontext.ts';
import { ScriptLines } from './lines.tsx';
import { Outcome } from './outcome.tsx';
import { useScriptResult } from './scriptresult.ts';
import './scripts.css';

interface ScriptPaneProps {
  readonly scripts: ScriptRemote;
  /** A call that is put behind those of the script, unsaved. */
  readonly added?: string | undefined;
  readonly close: () => void;
}

/** The call script kept with the draft: written here, played against the canvas while one writes, and saved. */
export function ScriptPane({ scripts, added, close }: ScriptPaneProps) {
  const { t } = useTranslation();
  const flow = useFlow();
  const kept = useQuery({
    queryKey: ['calls-txt', flow.id],
    queryFn: () => scripts.read(),
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnReconnect: false,
  });
  if (kept.data !== undefined)
    return <Writing kept={kept.data} scripts={scripts} added={added} close={close} />;
  return (
    <Drawer open size={640} mask={false} title={t('scripts.title')} onClose={close}>
      {kept.isError ? <Alert type="error" title={kept.error.message} /> : <Skeleton active />}
    </Drawer>
  );
}

function Writing({ kept, scripts, added, close }: ScriptPaneProps & { readonly kept: KeptScript }) {
  const { t } = useTranslation();
  const { mayEdit } = useEditorContext();
  const [text, setText] = useState(() => (added === undefined ? kept.text : withCall(kept.text, added)));
  const { saved, saving, fault, save } = useSaved(kept, scripts);
  const played = useScriptResult(text, scripts);
  const area = useRef<HTMLTextAreaElement>(null);
  const unsaved = text !== saved.text;
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
          <Button type="primary" disabled={!unsaved} loading={saving} onClick={() => void save(text)}>
            {t('scripts.save')}
          </Button>
        ) : null
      }
    >
      <p className="scripts-help">{t('scripts.help')}</p>
      {fault === undefined ? null : <Alert type="error" showIcon title={fault} />}
      <ScriptLines area={area} text={text} marks={played.marks} write={mayEdit ? setText : undefined} />
      <Outcome played={played} show={show} />
    </Drawer>
  );
}

/** What is saved of the script, and how it is saved. */
function useSaved(kept: KeptScript, scripts: ScriptRemote) {
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
  async function save(text: string) {
    setSaving(true);
    setFault(undefined);
    try {
      const next = await scripts.save(text, saved.etag);
      if (!gone.current) setSaved(next);
    } catch (error) {
      if (!gone.current) setFault(error instanceof Error ? error.message : String(error));
    } finally {
      if (!gone.current) setSaving(false);
    }
  }
  return { saved, saving, fault, save };
}

/** Selects a line in a text area, and brings it into view. */
function select(area: HTMLTextAreaElement | null, line: number): void {
  if (area === null) return;
  const lines = area.value.split('\n');
  const start = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
  area.focus();
  area.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
}
