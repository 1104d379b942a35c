import { dialRefusal, isDialable } from '../flow/dial.ts';
import type { SettingFault } from './node.ts';

/** What is wrong with a written number outside that a node rings or sends to. What it holds in variables only calls can tell. */
export function outsideFaults(field: string, written: string): SettingFault[] {
  if (written.includes('${')) return [];
  const number = written.trim();
  if (!isDialable(number)) {
    return [{ rule: 'bad-phone', field, message: 'must be a number in E.164, such as +15550123' }];
  }
  if (dialRefusal(number) === undefined) return [];
  const message = 'is a premium or shared-cost number, which is never reached';
  return [{ rule: 'premium-number', field, message }];
}
