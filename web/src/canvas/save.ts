import { App } from 'antd';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Flow } from '../../../lib/flow/flow.ts';
import { useDesk, useFlow } from './desk.ts';
import { withLayout } from './layout.ts';
import type { Draft, Remote, Revision, Saving } from './remote.ts';
import { changed } from './same.ts';
import { forget, keep } from './unsaved.ts';

/** A draft that both have changed: what mine began with, and what is saved now. */
export interface Conflict {
  readonly base: Flow;
  readonly theirs: Draft;
}

/** How the document stands to the draft on the server. */
export interface SaveState {
  readonly revision: Revision;
  /** The document of that revision. */
  readonly base: Flow;
  readonly unsaved: boolean;
  readonly saving: boolean;
  readonly conflict: Conflict | undefined;
  /** Saves what is not saved; true where the draft then holds the document. */
  save(): Promise<boolean>;
  /** Goes on from their draft with a document that the user has chosen; saves nothing by itself. */
  settle(theirs: Draft): void;
  meet(conflict: Conflict | undefined): void;
  /** Takes note of a publish. */
  published(revision: Revision): void;
}

/** How long typing rests before unsaved work is kept in the browser, in milliseconds. */
const rest = 400;

/** Saves the document, and keeps unsaved work in this browser until it is saved. */
export function useSaving(draft: Draft, remote: Remote, mayEdit: boolean): SaveState {
  const desk = useDesk();
  const flow = useFlow();
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [state, setState] = useState<{ revision: Revision; base: Flow }>({
    revision: draft,
    base: draft.flow,
  });
  const [saving, setSaving] = useState(false);
  const [conflict, meet] = useState<Conflict | undefined>(undefined);
  const latest = useRef(state);
  useEffect(() => {
    latest.current = state;
  }, [state]);
  const unsaved = useMemo(() => changed(flow, state.base), [flow, state.base]);
  useKeeping(unsaved && mayEdit, state);

  const save = useCallback(async (): Promise<boolean> => {
    const { revision, base } = latest.current;
    const sent = desk.flow;
    desk.settle();
    if (!changed(sent, base)) return true;
    setSaving(true);
    const saved = await send(remote, sent, revision.etag);
    setSaving(false);
    if (saved.outcome === 'saved') {
      latest.current = { revision: saved.revision, base: sent };
      setState(latest.current);
      if (!changed(desk.flow, sent)) forget(localStorage, sent.id);
    } else if (saved.outcome === 'stale') {
      meet({ base, theirs: { ...saved.draft, flow: withLayout(saved.draft.flow) } });
    } else {
      const reason = saved.reason ?? t('saving.offline');
      const content = t(saved.outcome === 'refused' ? 'saving.refused' : 'saving.failed', { reason });
      void message.error({ content, key: 'save', duration: 8 });
    }
    return saved.outcome === 'saved';
  }, [desk, remote, message, t]);

  return {
    ...state,
    unsaved,
    saving,
    conflict,
    save,
    meet,
    settle(theirs) {
      latest.current = { revision: theirs, base: theirs.flow };
      setState(latest.current);
      meet(undefined);
    },
    published: (revision) => setState((now) => ({ ...now, revision })),
  };
}

/** What became of a save, a server that could not be reached or broke among it. */
async function send(
  remote: Remote,
  flow: Flow,
  etag: string,
): Promise<Saving | { readonly outcome: 'failed'; readonly reason: string | undefined }> {
  try {
    return await remote.save(flow, etag);
  } catch (error) {
    return { outcome: 'failed', reason: error instanceof Error ? error.message : undefined };
  }
}

/** Writes unsaved work to the browser's storage when typing rests, and at once when the page goes away. */
function useKeeping(unsaved: boolean, { revision, base }: { revision: Revision; base: Flow }): void {
  const desk = useDesk();
  const flow = useFlow();
  const { t } = useTranslation();
  const { message } = App.useApp();
  const was = useRef(false);
  useEffect(() => {
    if (!unsaved) {
      // What an earlier visit has kept stays until the user has said what to do with it.
      if (was.current) forget(localStorage, flow.id);
      was.current = false;
      return;
    }
    was.current = true;
    const write = () => {
      const kept = keep(localStorage, {
        etag: revision.etag,
        base,
        flow: desk.flow,
        at: new Date().toISOString(),
      });
      if (!kept) void message.warning({ content: t('saving.full'), key: 'full' });
    };
    const timer = setTimeout(write, rest);
    window.addEventListener('pagehide', write);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('pagehide', write);
    };
  }, [unsaved, flow, desk, revision.etag, base, message, t]);
}
