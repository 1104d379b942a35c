import { vi } from 'vitest';

/** What a command did: its exit code, and what it printed. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command's `main` in this process, with variables of its own beside the environment's. */
export async function runCommand(
  main: (argv: string[]) => Promise<number>,
  argv: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Ran> {
  const out: string[] = [];
  const err: string[] = [];
  const spies = [
    vi.spyOn(console, 'log').mockImplementation((...words) => void out.push(`${words.join(' ')}\n`)),
    vi.spyOn(console, 'error').mockImplementation((...words) => void err.push(`${words.join(' ')}\n`)),
  ];
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  try {
    return { code: await main([...argv]), out: out.join(''), err: err.join('') };
  } finally {
    vi.unstubAllEnvs();
    for (const spy of spies) spy.mockRestore();
  }
}
