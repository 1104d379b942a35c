import { Alert, Button, Modal } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Flow } from '../../../lib/flow/flow.ts';
import { Changes } from '../compare/changes.tsx';
import { CompareButton } from '../compare/comparison.tsx';
import { combine } from '../document/combine.ts';
import { replace } from '../document/edits.ts';
import type { Conflict } from '../draft/saver.ts';
import { listed } from '../words/listing.ts';
import { useNames } from '../words/naming.ts';
import { dateTime } from '../words/time.ts';
import { useDocumentStore, useFlow } from './documentstore.ts';
import type { SaveState } from './save.ts';

/** Somebody else has saved meanwhile, or the user elsewhere: shows what both have changed, and lets the user choose. */
export function ConflictDialog({ state, user }: { state: SaveState; user: string }) {
  const { t, i18n } = useTranslation();
  const names = useNames();
  const store = useDocumentStore();
  const mine = useFlow();
  const { conflict } = state;
  const combined = useMemo(
    () => (conflict === undefined ? undefined : combine(conflict.base, conflict.theirs.flow, mine)),
    [conflict, mine],
  );
  if (conflict === undefined || combined === undefined) return null;
  const { theirs } = conflict;
  const own = theirs.savedBy === user;
  const take = () => {
    store.apply(replace(store.flow, theirs.flow, 'take'));
    state.rebase(theirs);
  };
  const overwrite = () => {
    state.rebase(theirs);
    void state.save();
  };
  const both = () => {
    store.apply(replace(store.flow, combined.flow, 'combine'));
    overwrite();
  };
  return (
    <Modal
      open
      width={860}
      title={t(own ? 'saving.staleTitleOwn' : 'saving.staleTitle', { who: theirs.savedBy })}
      onCancel={() => state.showConflict(undefined)}
      footer={[
        <Button key="later" onClick={() => state.showConflict(undefined)}>
          {t('saving.later')}
        </Button>,
        <Button key="theirs" onClick={take}>
          {t('saving.takeTheirs')}
        </Button>,
        <Button key="mine" onClick={overwrite}>
          {t('saving.keepMine')}
        </Button>,
        <Button key="both" type="primary" onClick={both}>
          {t('saving.takeBoth')}
        </Button>,
      ]}
    >
      <p>{t('saving.staleText', { at: dateTime(theirs.savedAt, i18n.language) })}</p>
      <Sides conflict={conflict} mine={mine} own={own} />
      <CompareButton
        flow={mine}
        sides={[
          { key: 'base', name: t('compare.base'), flow: conflict.base },
          { key: 'theirs', name: t('compare.theirs', { who: theirs.savedBy }), flow: theirs.flow },
          { key: 'mine', name: t('compare.mine'), flow: mine },
        ]}
        first={['theirs', 'mine']}
      />
      <Alert
        type={combined.both.length > 0 ? 'warning' : 'info'}
        title={
          combined.both.length > 0
            ? t('saving.both', {
                names: listed(
                  combined.both.map((id) => names.nodeAt(combined.flow, id)),
                  i18n.language,
                ),
              })
            : t('saving.bothText')
        }
      />
    </Modal>
  );
}

interface SidesProps {
  readonly conflict: Conflict;
  readonly mine: Flow;
  /** Whether the other one is the user, too. */
  readonly own: boolean;
}

function Sides({ conflict: { base, theirs }, mine, own }: SidesProps) {
  const { t } = useTranslation();
  return (
    <div className="sides">
      <section>
        <h3>{t(own ? 'saving.theirsOwn' : 'saving.theirs', { who: theirs.savedBy })}</h3>
        <Changes before={base} after={theirs.flow} />
      </section>
      <section>
        <h3>{t('saving.mine')}</h3>
        <Changes before={base} after={mine} />
      </section>
    </div>
  );
}
