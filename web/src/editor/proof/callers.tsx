import { CheckCircleOutlined, CloseCircleFilled, LoadingOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { type ReactNode, useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Weekday } from '../../../../lib/flow/schedule.ts';
import { datesText } from '../../../../lib/proof/dates.ts';
import type { Counterexample } from '../../../../lib/proof/failures.ts';
import type { PersonProof } from '../../../../lib/proof/persons.ts';
import type { Proof } from '../../../../lib/proof/prove.ts';
import { walkScript } from '../../../../lib/proof/walk.ts';
import type { Layer } from '../../canvas/layer.ts';
import { failureText, leftOutSaid } from '../../words/findings.ts';
import { useNames } from '../../words/naming.ts';
import { dateTime } from '../../words/time.ts';
import { useDocumentStore, useFlow } from '../documentstore.ts';
import { type FlowAnalysis, useAnalysis } from './analysis.ts';
import { CallStepper } from './callstepper.tsx';
import { pathsText } from './counts.ts';
import { PanelHeader } from './header.tsx';
import { pathLayer, unreachedLayer } from './paths.ts';
import './proof.css';

interface CallersProps {
  readonly close: () => void;
  /** The call that is shown step by step, as a script; `undefined` if none is. */
  readonly script: string | undefined;
  readonly play: (script: string | undefined) => void;
  /** Lays these over the canvas. */
  readonly lay: (layers: readonly Layer[]) => void;
}

/** What every caller meets: how far a person is, the longest call, and calls that show what fails, drawn on the canvas. */
export function Callers({ close, script, play, lay }: CallersProps) {
  const { t } = useTranslation();
  const analysis = useAnalysis();
  const flow = useFlow();
  const unreached = analysis?.proof.unreached;
  const dimmed = useMemo(() => unreachedLayer(unreached ?? []), [unreached]);
  const flows = analysis?.flows;
  const steps = useMemo(
    () => (script === undefined ? [] : walkScript(flow, script, (id) => flows?.get(id))),
    [flow, flows, script],
  );
  useEffect(() => {
    if (script === undefined) lay([dimmed]);
  }, [dimmed, script, lay]);
  useEffect(() => () => lay([]), [lay]);
  return (
    <section className="callers" aria-label={t('callers.title')}>
      <PanelHeader title={t('callers.title')} close={close} />
      {script !== undefined ? (
        <CallStepper
          key={script}
          title={titleOf(script, analysis?.proof, t('callers.worst'), t('callers.person'))}
          steps={steps}
          show={(shown) => lay([pathLayer(shown, flow.id)])}
          back={() => play(undefined)}
        />
      ) : analysis === undefined ? (
        <p role="status">
          <LoadingOutlined /> {t('callers.working')}
        </p>
      ) : (
        <Facts analysis={analysis} play={play} />
      )}
    </section>
  );
}

/** What a played call shows. */
function titleOf(
  script: string,
  proof: Proof | undefined,
  worst: string,
  person: string,
): string | undefined {
  const failure = proof?.failures.find((each) => each.script === script);
  if (failure !== undefined) return failure.rule;
  const persons = proof === undefined ? [] : [...proof.persons, ...proof.week, ...proof.dates];
  return persons.some((each) => each.person?.worst.script === script) ? worst : person;
}

function Facts({ analysis, play }: { analysis: FlowAnalysis; play: (script: string) => void }) {
  const { t, i18n } = useTranslation();
  const names = useNames();
  const flow = useFlow();
  const { proof, overridden } = analysis;
  const { calls, persons, week, dates, deepest, loops, unreached, states, leftOut, reasons, timeZones } =
    proof;
  const failures = proof.failures.filter(({ waived }) => waived === undefined);
  const isKept = proof.failures.some(({ rule }) => rule === 'kept-for-ever');
  const inWords = (hours: string) =>
    hours
      .replace(dayNames, (day) => t(`callers.days.${day as Weekday}`))
      .replaceAll(' and ', t('callers.and'));
  const placeOf = ({ flow: of, node }: Counterexample) => {
    if (node === '') return flow.name;
    return of === flow.id ? names.nodeAt(flow, node) : `${of}/${node}`;
  };
  const round = (nodes: readonly string[]) =>
    [...nodes, nodes[0] ?? ''].map((id) => names.nodeAt(flow, id)).join(' → ');
  return (
    <div className="callers-facts">
      <p role="status">
        {failures.length > 0 ? (
          <>
            <CloseCircleFilled className="is-error" /> {t('callers.fails', { count: failures.length })}
          </>
        ) : leftOut === undefined ? (
          <>
            <CheckCircleOutlined className="is-fine" /> {t(isKept ? 'callers.waived' : 'callers.proven')}
          </>
        ) : null}
      </p>
      {reasons.length === 0 ? null : (
        <p>{t('callers.leftOut', { reason: leftOutSaid(i18n.language, reasons) })}</p>
      )}
      {failures.map((failure) => (
        <Fact key={`${failure.rule} ${failure.flow} ${failure.node}`} name={placeOf(failure)}>
          {failureText(i18n.language, failure)} <PlayButton play={() => play(failure.script)} />
        </Fact>
      ))}
      {persons.map(({ state, person }) => (
        <Person
          key={state ?? ''}
          when={state === undefined ? '' : t(`callers.states.${state}`)}
          person={person}
          play={play}
        />
      ))}
      {overridden.map(({ id, name, override }) => (
        <Fact key={id} name={name}>
          {t(override?.until === undefined ? 'callers.overridden' : 'callers.overriddenUntil', {
            state: override === undefined ? '' : t(`callers.states.${override.state}`),
            until: override?.until === undefined ? '' : dateTime(override.until, i18n.language),
          })}
        </Fact>
      ))}
      {week.map(({ hours, person }) => (
        <Person key={hours} when={inWords(hours)} person={person} play={play} />
      ))}
      {dates.map((each) => {
        const told = { ...each, hours: inWords(each.hours) };
        const when = datesText(told, (count) => t('callers.more', { count }));
        return <Person key={when} when={when} person={each.person} play={play} />;
      })}
      {timeZones === undefined ? null : <p>{t('callers.timeZones', { zones: timeZones.join(', ') })}</p>}
      {leftOut === undefined ? (
        <>
          <Fact name={t('callers.longest')}>
            {t(calls.atLeast ? 'callers.stepsAtLeast' : 'callers.steps', spans(calls.longest))}
          </Fact>
          <Fact name={t('callers.shortest')}>{t('callers.steps', spans(calls.shortest))}</Fact>
        </>
      ) : null}
      {deepest === undefined ? null : (
        <Fact name={t('callers.deepest')}>
          <NodeLink id={deepest.node} /> {t('callers.choices', { count: deepest.keys })}
        </Fact>
      )}
      {loops.map(({ by, nodes }) => (
        <Fact key={`${by} ${nodes.join(' ')}`} name={t(`callers.${by}`)}>
          {round(nodes)}
        </Fact>
      ))}
      {unreached.length === 0 ? null : (
        <Fact name={t('callers.unreached')}>
          {unreached.slice(0, mostLinks).map(({ node }) => (
            <NodeLink key={node} id={node} />
          ))}{' '}
          {unreached.length > mostLinks ? t('callers.more', { count: unreached.length - mostLinks }) : null}
        </Fact>
      )}
      <small>
        {t(calls.atLeast ? 'callers.countedAtLeast' : 'callers.counted', {
          states,
          paths: pathsText(calls.count),
        })}
      </small>
    </div>
  );
}

/** How many unreached nodes are listed; all of them are pale on the canvas. */
const mostLinks = 20;

/** The days of hours of a week: `mon–fri 09:00–18:00`. */
const dayNames = /mon|tue|wed|thu|fri|sat|sun/g;

interface PersonProps {
  /** Under which condition, in words. */
  readonly when: string;
  readonly person: PersonProof | undefined;
  readonly play: (script: string) => void;
}

function Person({ when, person, play }: PersonProps) {
  const { t } = useTranslation();
  const behind = when === '' ? '' : ` (${when})`;
  if (person === undefined)
    return <Fact name={`${t('callers.person')}${behind}`}>{t('callers.nobody')}</Fact>;
  const { fromStart, worst } = person;
  const at = worst.keysAt !== '' ? worst.keysAt : worst.secondsAt;
  return (
    <>
      <Fact name={`${t('callers.person')}${behind}`}>
        {t('callers.far', rounded(fromStart))} <PlayButton play={() => play(person.script)} />
      </Fact>
      <Fact name={`${t('callers.worst')}${behind}`}>
        {t('callers.far', rounded(worst))} {at === '' ? null : <NodeLink id={at} />}{' '}
        <PlayButton play={() => play(worst.script)} />
      </Fact>
    </>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="callers-fact">
      <b>{name}</b>
      <span>{children}</span>
    </div>
  );
}

function PlayButton({ play }: { play: () => void }) {
  const { t } = useTranslation();
  return (
    <Button size="small" onClick={play}>
      {t('callers.play')}
    </Button>
  );
}

/** The name of a node, which brings it into view. */
function NodeLink({ id }: { id: string }) {
  const names = useNames();
  const store = useDocumentStore();
  const flow = useFlow();
  return (
    <Button type="link" size="small" className="callers-link" onClick={() => store.show({ node: id })}>
      {names.nodeAt(flow, id)}
    </Button>
  );
}

function rounded({ keys, seconds }: { keys: number; seconds: number }) {
  return { count: keys, seconds: Math.round(seconds) };
}

function spans({ steps, seconds }: { steps: number; seconds: number }) {
  return {
    steps: Number.isFinite(steps) ? steps : 0,
    seconds: Number.isFinite(seconds) ? Math.round(seconds) : 0,
  };
}
