import { vi } from 'vitest';

/** What a command did: its exit code, and what it printed. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command's `main` in this process, with variables of its own beside the environment's. */
export async function runCommand(
  main: (words: string[]) => Promise<number>,
  words: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Ran> {
  const out: string[] = [];
  const err: string[] = [];
  const spies = [
    vi.spyOn(console, 'log').mockImplementation((...said) => void out.push(`${said.join(' ')}\n`)),
    vi.spyOn(console, 'error').mockImplementation((...said) => void err.push(`${said.join(' ')}\n`)),
  ];
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  try {
    return { code: await main([...words]), out: out.join(''), err: err.join('') };
  } finally {
    vi.unstubAllEnvs();
    for (const spy of spies) spy.mockRestore();
  }
}
