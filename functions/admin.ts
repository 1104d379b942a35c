import { createAdmin } from '../lib/admin/app.ts';
import { readAdminConfig } from '../lib/config.ts';
import { toStdout } from '../lib/log.ts';
import { openTable } from '../lib/store/table.ts';

const { tableName, retainDays } = readAdminConfig();

/** Answers the console and whoever else holds a token, under `/api/`. */
export const handler = createAdmin({
  table: openTable(tableName),
  retainDays,
  now: () => new Date(),
  write: toStdout,
});
