import * as v from 'valibot';
import { nameText } from '../flow/name.ts';
import { weekdays } from '../flow/schedule.ts';
import { noList } from './input.ts';

const time = v.pipe(
  v.string('must be a time such as 09:00'),
  v.regex(
    /^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$/,
    'must be a time such as 09:00; 24:00 is the end of the day',
  ),
);

const ranges = v.pipe(
  v.array(v.strictTuple([time, time], 'must be two times: ["09:00", "18:00"]'), 'must be a list of ranges'),
  v.maxLength(5, 'has more than 5 ranges'),
  v.description('From when to when; a range that ends before it begins goes past midnight'),
);

const day = v.pipe(
  v.string('must be a day'),
  v.regex(/^\d{4}-\d\d-\d\d$/, 'must be a day such as 2026-10-01'),
);

/** A time with its zone. */
export const IsoTime = v.pipe(
  v.string('must be a time'),
  v.regex(
    /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/,
    'must be a time with its zone, such as 2026-10-01T18:00:00+08:00',
  ),
);

/** The input for a schedule. */
export const ScheduleInput = v.strictObject({
  name: nameText(100),
  timeZone: v.pipe(
    v.string('must be a time zone'),
    v.maxLength(64, 'is too long'),
    v.description('IANA: `Asia/Shanghai`'),
  ),
  weekly: noList(
    v.strictObject(
      Object.fromEntries(weekdays.map((each) => [each, v.exactOptional(ranges)])),
      'must be an object: { "mon": [["09:00", "18:00"]] }',
    ),
  ),
  holidays: v.exactOptional(
    v.pipe(
      v.array(
        noList(
          v.strictObject(
            {
              date: day,
              until: v.exactOptional(v.pipe(day, v.description('The last day; the first one if left out'))),
              name: nameText(100),
              open: v.exactOptional(
                v.pipe(ranges, v.description('The hours of a day that is worked all the same')),
              ),
            },
            'must be an object: { "date": "2026-10-01", "name": "National Day" }',
          ),
        ),
        'must be a list of holidays',
      ),
      v.maxLength(400, 'has more than 400 entries'),
    ),
  ),
});
