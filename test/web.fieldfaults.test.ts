import { expect, test } from 'vitest';
import { fieldFaults } from '../web/src/shell/fieldfaults.ts';

const names = [['id'], ['headers'], ['weekly', 'mon'], ['holidays', 0, 'date'], ['holidays', 10, 'date']];

test.each([
  ['id', { name: ['id'], rest: 'is wrong.' }],
  ['holidays.10.date', { name: ['holidays', 10, 'date'], rest: 'is wrong.' }],
  // It speaks of a part of what the field holds: the sentence keeps its subject.
  ['headers.X-Key', { name: ['headers'] }],
  ['weekly.mon.0', { name: ['weekly', 'mon'] }],
])('what the API says of %s is shown at its field', (field, fault) => {
  const message = `\`${field}\` is wrong.`;
  expect(fieldFaults([{ field, message }], names)).toEqual([{ ...fault, message }]);
});

test('what speaks of no field of the form is left out', () => {
  const message = 'The body must be a JSON object.';
  expect(
    fieldFaults([{ message }, { field: 'holidays', message }, { field: 'hea', message }], names),
  ).toEqual([]);
});
