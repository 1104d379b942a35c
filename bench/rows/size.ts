import type { Line } from '../report.ts';
import type { Setup } from '../setup.ts';

/** The zips as they are deployed, and what the call path's own is made of. KB are 1,000 bytes. */
export async function measure({ zips, shares }: Setup): Promise<Line[]> {
  const { voice = 0, empty = 0, form = 0, client = 0, tutorial = 0, first: _, ...others } = zips;
  const zip = (what: string, bytes: number): Line => ({
    what,
    measured: bytes / 1000,
    unit: 'KB',
    ratio: bytes / client,
    beside: 'DynamoDB client alone',
  });
  const parts = Object.entries(shares)
    .toSorted(([, one], [, other]) => other - one)
    .filter(([, bytes]) => bytes >= 1000);
  return [
    { what: 'voice.zip', measured: voice / 1000, unit: 'KB', aim: { most: 110 } },
    ...Object.entries(others).map(([name, bytes]) => zip(`${name}.zip`, bytes)),
    zip('zip of the DynamoDB client alone', client),
    zip('zip of form and signature', form),
    zip('zip of the tutorial style', tutorial),
    zip('zip of an empty function', empty),
    ...parts.map(
      ([name, bytes]): Line => ({ what: `voice, unzipped: ${name}`, measured: bytes / 1000, unit: 'KB' }),
    ),
  ];
}
