import { Alert, Button, Input, Modal, Progress, Skeleton } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { faulty } from '../../../lib/engine/check.ts';
import { countProblems } from '../../../lib/engine/report.ts';
import type { Problem } from '../../../lib/flow/problem.ts';
import { difference, meaningful } from '../../../lib/proof/difference.ts';
import type { SpeechProgress } from '../api/generated/types.ts';
import { useLibrary } from '../audio/context.ts';
import { Changes } from '../compare/changes.tsx';
import { CompareButton } from '../compare/comparison.tsx';
import { useVersion } from '../compare/version.ts';
import type { RefusedProblem, Remote } from '../draft/remote.ts';
import { Faults } from '../shell/faults.tsx';
import { upTo } from '../shell/length.ts';
import { toast } from '../shell/toast.ts';
import { useNames } from '../words/naming.ts';
import { useFlow } from './documentstore.ts';
import { useProblems } from './editorcontext.ts';
import { FindingList } from './proof/findinglist.tsx';
import { checkedFindings } from './proof/findings.ts';
import { useFindings, useFindingWords } from './proof/panel.tsx';
import type { JustPublished } from './published.tsx';
import { PublishImpactSummary } from './publishimpact.tsx';
import type { SaveState } from './save.ts';
import { makeAllSpeech, type SpeechMade } from './speech.ts';
import './publish.css';

interface PublishDialogProps {
  readonly remote: Remote;
  readonly state: SaveState;
  /** Whether the user may publish although call scripts fail. */
  readonly mayDespite: boolean;
  readonly close: () => void;
  /** Learns of the version that was published, and which was live before. */
  readonly done: (done: JustPublished) => void;
}

/** Lists what is new against the live version and what is wrong, asks for a note, and publishes. */
export function PublishDialog({ remote, state, mayDespite, close, done }: PublishDialogProps) {
  const { t } = useTranslation();
  const flow = useFlow();
  const problems = useProblems();
  const [note, setNote] = useState('');
  const [despite, setDespite] = useState('');
  const { refused, making, stop, publish } = usePublishing(state, close, done);
  const { live, newest, changed } = state.revision;
  const nothingNew = newest !== undefined && !state.unsaved && !changed;
  const errors = problems.filter(({ severity }) => severity === 'error');
  const isRed = refused?.problems.some(({ rule }) => rule === 'call-script') === true;
  const blocking = errors.length > 0 ? errors : (refused?.problems ?? []);
  const facts = useRef<HTMLDivElement>(null);
  const isTold = refused !== undefined || making !== undefined;
  useEffect(() => {
    if (isTold) facts.current?.scrollTo({ top: 0 });
  }, [isTold]);
  return (
    <Modal
      open
      className={nothingNew ? 'publish' : 'publish is-new'}
      width={640}
      title={t('saving.publishTitle', { name: flow.name })}
      okText={t('canvas.publish')}
      cancelText={t('saving.cancel')}
      confirmLoading={state.publishing || making !== undefined}
      okButtonProps={{ disabled: faulty(problems) || nothingNew }}
      onOk={() => void publish(note.trim(), isRed && despite.trim() !== '' ? despite.trim() : undefined)}
      // Its result is told here.
      cancelButtonProps={{ disabled: state.publishing }}
      mask={{ closable: note === '' }}
      onCancel={() => (making === undefined ? state.publishing || close() : stop())}
    >
      {/* What comes later makes the dialog no longer: it would move the buttons away from who presses them. */}
      <div className="publish-facts" ref={facts}>
        {making === undefined ? null : <Making {...making} stop={stop} />}
        {refused === undefined ? null : (
          <Alert type="error" showIcon title={t('saving.notPublished', { reason: refused.reason })} />
        )}
        {blocking.length > 0 ? <Blocking problems={blocking} close={close} /> : null}
        <Against remote={remote} live={live} />
        {nothingNew ? null : <PublishImpactSummary remote={remote} />}
        {blocking.length === 0 && !nothingNew ? <Warnings close={close} /> : null}
        {nothingNew && live !== newest ? (
          <Alert type="info" showIcon title={t('saving.sameAsNewest', { version: newest })} />
        ) : null}
      </div>
      {isRed && mayDespite ? (
        <Input.TextArea
          aria-label={t('scripts.despite')}
          placeholder={`${t('scripts.despite')} … ${t('scripts.despiteHelp')}`}
          autoSize={{ minRows: 1, maxRows: 4 }}
          {...upTo(1000)}
          value={despite}
          onChange={({ target }) => setDespite(target.value)}
        />
      ) : null}
      {nothingNew ? null : (
        <Input.TextArea
          aria-label={t('saving.note')}
          placeholder={t('saving.notePlaceholder')}
          autoSize={{ minRows: 2, maxRows: 6 }}
          {...upTo(1000)}
          value={note}
          onChange={({ target }) => setNote(target.value)}
        />
      )}
    </Modal>
  );
}

/** What keeps the flow from being published. */
function Blocking({ problems, close }: { problems: readonly RefusedProblem[]; close: () => void }) {
  const { t } = useTranslation();
  const findings = checkedFindings(problems, useFindingWords());
  const { errors, warnings } = countProblems(problems);
  return (
    <section>
      <p>{t('saving.blocked')}</p>
      <FindingList findings={findings} unlisted={errors + warnings - findings.length} onPick={close} />
    </section>
  );
}

/** All warnings that the bar of the editor counts, those of the proof and the linter included. */
function Warnings({ close }: { close: () => void }) {
  const { t } = useTranslation();
  const problems = useProblems();
  const warnings = useFindings().filter(({ severity }) => severity === 'warning');
  const checked = warnings.filter(({ source }) => source === 'check').length;
  if (warnings.length === 0) return null;
  return (
    <section>
      <p>{t('saving.warned')}</p>
      <FindingList findings={warnings} unlisted={countProblems(problems).warnings - checked} onPick={close} />
    </section>
  );
}

/** How much of the speech is made, and a way to stop: what was made stays made. */
function Making({ done, all, stop }: SpeechMade & { stop: () => void }) {
  const { t } = useTranslation();
  return (
    <section role="status">
      <p>{t('audio.progress', { done, all })}</p>
      <Progress percent={all === 0 ? 0 : Math.round((done / all) * 100)} status="active" />
      <Button size="small" onClick={stop}>
        {t('audio.stopMaking')}
      </Button>
    </section>
  );
}

/** Publishes; speech that is missing is made first. What keeps the flow from it is told in words. */
function usePublishing(state: SaveState, close: () => void, done: PublishDialogProps['done']) {
  const { t } = useTranslation();
  const names = useNames();
  const library = useLibrary();
  const flow = useFlow();
  const [making, setMaking] = useState<SpeechMade | undefined>(undefined);
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);
  const [refused, setRefused] = useState<{ reason: string; problems: readonly RefusedProblem[] } | undefined>(
    undefined,
  );

  async function publish(note: string, despite?: string) {
    setRefused(undefined);
    const before = state.revision.live;
    try {
      let published = await state.publish(note, despite);
      const unspoken = published.outcome === 'refused' ? unspokenIn(published.problems) : 0;
      if (unspoken > 0) {
        if (!(await speak(unspoken))) return;
        published = await state.publish(note, despite);
      }
      if (published.outcome === 'refused') return setRefused(published);
      // What was written here stays, to be sent again.
      if (published.outcome === 'kept back') {
        const { failure } = published;
        // Without a failure, somebody else has saved: the conflict is shown above this dialog.
        return failure === undefined ? undefined : setRefused({ reason: failure.reason, problems: [] });
      }
      done({ version: published.version, ...(before === undefined ? {} : { before }) });
      close();
    } catch (error) {
      setRefused({ reason: error instanceof Error ? error.message : t('saving.offline'), problems: [] });
    }
  }

  /** Makes the speech that is missing. Resolves with whether a publish can be tried again. */
  async function speak(missing: number): Promise<boolean> {
    const own = new AbortController();
    running.current = own;
    setMaking({ done: 0, all: missing });
    try {
      const made = await makeAllSpeech(() => library?.makeSpeech(flow.id), setMaking, own.signal);
      if (made === undefined) return false;
      const { failed, carrier } = made;
      if (carrier.length > 0) tellCarrier(carrier);
      const problems = failed.map((each) => ({
        ...each,
        rule: 'speech-refused',
        severity: 'error' as const,
      }));
      if (problems.length > 0) setRefused({ reason: t('audio.unspoken'), problems });
      return problems.length === 0;
    } finally {
      if (running.current === own) setMaking(undefined);
    }
  }

  /** Lists the texts that the carrier goes on speaking, and why. */
  function tellCarrier(left: SpeechProgress['carrier']) {
    const sentences = left.map(({ node, field, reason }) => {
      const [setting = ''] = field.split('.');
      const where = `${names.nodeAt(flow, node)}: ${names.setting(flow.nodes[node]?.type ?? '', setting)}`;
      return t(`audio.carrier.${reason}`, { where });
    });
    toast.info(t('audio.carrier.title'), { detail: <Faults sentences={sentences} />, seconds: 15 });
  }

  const stop = () => {
    running.current?.abort();
    setMaking(undefined);
  };
  return { refused, making, stop, publish };
}

/** How many texts are not spoken yet; 0 if something else keeps the flow from being published, too. */
function unspokenIn(problems: readonly Problem[]): number {
  const errors = problems.filter(({ severity }) => severity === 'error');
  return errors.every(({ rule }) => rule === 'speech-missing') ? errors.length : 0;
}

function Against({ remote, live }: { remote: Remote; live: number | undefined }) {
  const { t } = useTranslation();
  const flow = useFlow();
  const version = useVersion(flow.id, live, remote.version);
  if (live === undefined) return <p>{t('saving.publishFirst')}</p>;
  if (version.isError) return <Alert type="warning" title={version.error.message} />;
  if (version.data === undefined) return <Skeleton active />;
  const changes = difference(version.data, flow);
  if (changes.length === 0) return <p>{t('saving.unchanged')}</p>;
  return (
    <section>
      <h3>{t('saving.publishAgainst', { version: live })}</h3>
      {meaningful(changes).length === 0 ? <p>{t('saving.layoutOnly')}</p> : null}
      <Changes before={version.data} after={flow} />
      <CompareButton
        flow={flow}
        sides={[
          { key: 'live', name: t('compare.version', { version: live }), flow: version.data },
          { key: 'canvas', name: t('compare.canvas'), flow },
        ]}
        first={['live', 'canvas']}
      />
    </section>
  );
}
