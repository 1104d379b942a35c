import { expect, test } from 'vitest';
import { Announcements } from '../web/src/editor/announcements.ts';

test('the same text twice in a row is told twice: only what differs is read out', () => {
  const announcements = new Announcements();
  const told: string[] = [];
  announcements.subscribe(() => told.push(announcements.told()));
  for (const text of ['Menu deleted', 'Menu deleted', 'Menu deleted']) announcements.tell(text);
  expect(told.map((text) => text.trim())).toEqual(['Menu deleted', 'Menu deleted', 'Menu deleted']);
  expect(told.every((text, at) => text !== told[at - 1])).toBe(true);
});
