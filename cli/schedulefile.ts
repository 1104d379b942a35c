import * as v from 'valibot';
import { refuseMisshapen, wrong } from '../lib/admin/input.ts';
import { ScheduleInput } from '../lib/admin/scheduleInput.ts';
import { isRecord, jsonFaultText, readJson } from '../lib/flow/json.ts';
import { scheduleId } from '../lib/store/settings/schedules.ts';
import { FileFault, filesAt, inFile, readText } from './file.ts';

/** Reads a schedule from a JSON file. Throws FileFault, or ContentFailure with the problems. */
export function readScheduleFile(file: string) {
  const read = readJson(readText(file));
  const [fault] = read.faults ?? [];
  if (fault !== undefined || read.faults !== undefined) {
    throw new FileFault(`${file}: ${fault === undefined ? 'is not JSON' : jsonFaultText(fault)}`);
  }
  if (!isRecord(read.value))
    throw new FileFault(`${file}: a schedule is a JSON object with id, name, timeZone and weekly.`);
  const { id, ...document } = read.value;
  return inFile(file, () => {
    if (typeof id !== 'string' || !scheduleId.test(id))
      throw wrong('id', 'must be 1 to 40 small letters, digits and hyphens');
    return { id, ...refuseMisshapen(v.safeParse(ScheduleInput, document), 'body') };
  });
}

/** The schedules of a file, or of all `.json` files of a folder, by their ids. Throws as `readScheduleFile` does. */
export function readSchedules(path: string): Map<string, ReturnType<typeof readScheduleFile>> {
  return new Map(
    filesAt(path, '.json')
      .map(readScheduleFile)
      .map((each) => [each.id, each]),
  );
}
