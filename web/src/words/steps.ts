import type { TFunction } from 'i18next';
import type { Step } from '../document/history.ts';
import type { Names } from './naming.ts';

/** What a step did, as a phrase: `delete Billing menu`. */
export function stepText(t: TFunction, names: Names, step: Step): string {
  const { did, type, label, field } = step;
  const what =
    type === undefined
      ? countText(t, names, step)
      : names.node({ type, ...(label === undefined ? {} : { label }) });
  return t(`history.${did}`, { what, field: fieldText(t, names, step, field ?? '') });
}

function countText(t: TFunction, names: Names, { did, of, label, count }: Step): string {
  if (of === 'notes' && count === undefined) return names.note(label);
  const what = of === 'notes' ? 'severalNotes' : of === 'both' ? 'severalThings' : 'several';
  return t(`history.${did === 'disconnect' ? 'severalWires' : what}`, { count: count ?? 1 });
}

function fieldText(t: TFunction, names: Names, { did, type }: Step, field: string): string {
  if (did === 'head') return t(`form.head.${field as 'name'}`);
  return names.setting(type ?? '', field);
}
