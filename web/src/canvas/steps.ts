import type { TFunction } from 'i18next';
import type { Names } from '../i18n/naming.ts';
import type { Step } from './history.ts';

/** What a step did, as a phrase: `delete Billing menu`. */
export function stepText(t: TFunction, names: Names, step: Step): string {
  const { did, type, label, count = 1, field } = step;
  const several =
    did === 'disconnect' ? t('history.severalWires', { count }) : t('history.several', { count });
  const what = type === undefined ? several : names.node({ type, ...(label === undefined ? {} : { label }) });
  return t(`history.${did}`, { what, field: fieldText(t, names, step, field ?? '') });
}

function fieldText(t: TFunction, names: Names, { did, type }: Step, field: string): string {
  if (did === 'head') return t(`form.head.${field as 'name'}`);
  return names.setting(type ?? '', field);
}
