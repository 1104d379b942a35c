import type { TFunction } from 'i18next';
import type { JsonFault } from '../../../lib/flow/json.ts';

/** A fault of JSON as a sentence in the console's language. */
export function jsonFaultSentence(t: TFunction, fault: JsonFault): string {
  const { line, column } = fault;
  if (fault.fault === 'syntax') {
    return t('reading.notJson', { line, column, need: t(`reading.needs.${fault.needs}`) });
  }
  const { path, firstLine } = fault;
  return t(firstLine === line ? 'reading.twiceInLine' : 'reading.twice', { path, firstLine, line });
}
