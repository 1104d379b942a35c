import { useContext, useEffect, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { useNames } from '../words/naming.ts';
import { stepText } from '../words/steps.ts';
import { AnnouncementsContext, saidAgain } from './announcements.ts';
import { useEditorState } from './documentstore.ts';

/**
 * Tells those who listen what was just done to the flow: what was added, connected, deleted or moved, and by undo and redo; and,
 * apart from it, so that neither silences the other, what else there is to say.
 */
export function Announcer() {
  const { t } = useTranslation();
  const names = useNames();
  const past = useEditorState(({ history }) => history.past);
  const [before, setBefore] = useState(past);
  const [told, setTold] = useState('');
  useEffect(() => {
    if (past === before) return;
    setBefore(past);
    const [undone, done] = [before.at(-1)?.step, past.at(-1)?.step];
    const say = (text: string) => setTold((last) => saidAgain(text, last));
    if (past.length < before.length) {
      if (undone !== undefined) say(t('canvas.undone', { step: stepText(t, names, undone) }));
    } else if (done !== undefined) say(stepText(t, names, done));
  }, [past, before, t, names]);
  const announcements = useContext(AnnouncementsContext);
  const said = useSyncExternalStore(announcements.subscribe, announcements.told);
  return (
    <>
      <p className="unseen" role="status" aria-live="polite" data-announcer>
        {told}
      </p>
      <p className="unseen" role="status" aria-live="polite" data-said>
        {said}
      </p>
    </>
  );
}
