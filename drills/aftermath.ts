import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fetchAgents } from '../lib/store/queue/agents.ts';
import { startTestTable } from '../test/kit/table.ts';
import { CallCentre } from './callcentre.ts';
import { type Recovery, recover } from './recovery.ts';

/** What a stack that was killed has left, as it is found and as it recovers. */
export interface Aftermath {
  /** The agents who are online in the table as the kill left it. */
  readonly online: readonly string[];
  readonly recovery: Recovery;
}

/**
 * Recovers a copy of the data of a stack that was killed, by the clock of a drill: nothing more is told of any call, another caller comes to
 * the number and waits, and every lease ends. The data themselves are only read.
 */
export async function aftermathOf(
  dataDir: string,
  { name, number }: { readonly name: string; readonly number: string },
): Promise<Aftermath> {
  const path = mkdtempSync(join(tmpdir(), 'branchline-aftermath-'));
  try {
    cpSync(join(dataDir, 'table'), path, { recursive: true });
    const centre = await CallCentre.over(await startTestTable({ name, path }), number);
    try {
      // The carrier of the stack was killed with it, and its calls are gone.
      centre.account.isUnknown = (leg) => !/^CAleg\d+$/.test(leg);
      const { items } = await fetchAgents(centre.table);
      const online = items.filter(({ presence }) => presence === 'online').map(({ staffNo }) => staffNo);
      return { online, recovery: await recover(centre, online) };
    } finally {
      await centre.close();
    }
  } finally {
    rmSync(path, { recursive: true, force: true });
  }
}
