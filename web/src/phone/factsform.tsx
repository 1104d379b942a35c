import { Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Flow } from '../../../lib/flow/flow.ts';
import { readFact } from '../../../lib/proof/known.ts';
import { caller } from '../../../lib/proof/player.ts';
import { scriptText } from '../words/findings.ts';
import { factKinds, factsOf, type NamedFact, usualValue } from './facts.ts';
import type { NameOf } from './naming.ts';
import type { TestPhone } from './usephone.ts';

interface FactsFormProps {
  readonly phone: TestPhone;
  /** The flow that is called and those that it enters. */
  readonly flows: readonly Flow[];
  readonly nameOf: NameOf;
}

/** What holds while somebody calls, set by hand: who calls, hours, agents, and what services answer. */
export function FactsForm({ phone, flows, nameOf }: FactsFormProps) {
  const { t } = useTranslation();
  const asked = (phone.view?.turns ?? []).flatMap((turn) =>
    turn.asked.map((each) => each.split(': ', 1)[0] ?? ''),
  );
  const find = (id: string) => flows.find((flow, place) => place > 0 && flow.id === id);
  return (
    <details open className="phone-part phone-facts">
      <summary>{t('phone.facts')}</summary>
      <CallerField phone={phone} />
      {factsOf(flows, asked).map((fact) => (
        <FactField
          key={fact.name}
          fact={fact}
          label={t(`phone.kinds.${fact.kind}`, { name: nameOf(fact.kind, fact.about ?? '') })}
          value={phone.facts[fact.name] ?? usualValue(fact, flows, find)}
          set={(value) => phone.setFact(fact.name, value)}
        />
      ))}
    </details>
  );
}

/** Callers to choose from: the number of call scripts, a withheld one, an address of SIP. */
const callers = { usual: undefined, withheld: 'anonymous', sip: 'sip:ann@example.com' } as const;

function CallerField({ phone: { from, setFrom } }: Pick<FactsFormProps, 'phone'>) {
  const { t } = useTranslation();
  const known = (Object.keys(callers) as (keyof typeof callers)[]).find((each) => callers[each] === from);
  const [typing, setTyping] = useState(false);
  const chosen = typing ? 'other' : (known ?? 'other');
  return (
    <div className="phone-fact">
      <span>{t('phone.caller')}</span>
      <Select
        size="small"
        aria-label={t('phone.caller')}
        value={chosen}
        options={(['usual', 'withheld', 'sip', 'other'] as const).map((each) => ({
          value: each,
          label: t(`phone.callers.${each}`, { number: caller.from }),
        }))}
        onChange={(each: keyof typeof callers | 'other') => {
          setTyping(each === 'other');
          if (each !== 'other') setFrom(callers[each]);
        }}
      />
      {chosen === 'other' ? (
        <Input
          size="small"
          aria-label={t('phone.number')}
          placeholder="+442071838750"
          value={from ?? ''}
          onChange={({ target }) => setFrom(target.value.replace(/\s+/g, '') || undefined)}
        />
      ) : null}
    </div>
  );
}

interface FactFieldProps {
  readonly fact: NamedFact;
  readonly label: string;
  readonly value: string;
  readonly set: (value: string) => void;
}

function FactField({ fact, label, value, set }: FactFieldProps) {
  const { t } = useTranslation();
  const { values } = factKinds[fact.kind];
  if (values === undefined) return <AnswerField {...{ fact, label, value, set }} />;
  return (
    <div className="phone-fact">
      <span>{label}</span>
      <Select
        size="small"
        aria-label={label}
        value={value}
        options={values.map((each) => ({ value: each, label: t(`phone.values.${each}`) }))}
        onChange={set}
      />
    </div>
  );
}

/** The answer of a service: its status and its JSON, or `failed`; what is neither is not taken. */
function AnswerField({ fact, label, value, set }: FactFieldProps) {
  const { i18n } = useTranslation();
  // Until somebody writes here, it follows the flow.
  const [written, setWritten] = useState<string | undefined>(undefined);
  const text = written ?? value;
  const fault = readFact(fact.name, text);
  return (
    <div className="phone-fact">
      <span>{label}</span>
      <Input
        size="small"
        aria-label={label}
        status={fault === undefined ? '' : 'error'}
        value={text}
        onChange={({ target }) => {
          setWritten(target.value);
          if (readFact(fact.name, target.value) === undefined) set(target.value);
        }}
      />
      {fault === undefined ? null : (
        <small className="is-error" role="alert">
          {scriptText(i18n.language, fault)}
        </small>
      )}
    </div>
  );
}
