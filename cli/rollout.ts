import { Obstacle } from '../local/obstacle.ts';
import { messageOf } from './reason.ts';
import type { Stack } from './stack.ts';

/** Whether the table and the user pool are protected from deletion. */
export type Protection = 'on' | 'off';

/** The steps of a rollout at AWS. Each may be repeated. */
export interface Steps {
  /** The stage's stack; `undefined` if no deployment of it has succeeded yet. */
  readonly stack: () => Promise<Stack | undefined>;
  /** Whether a table with the stage's name exists outside its stack. */
  readonly strayTable: () => Promise<boolean>;
  /** Creates or updates the stack; returns whether that succeeded. */
  readonly deploy: (protection: Protection) => Promise<boolean>;
  readonly uploadAudio: (stack: Stack) => Promise<void>;
  readonly uploadConsole: (console: NonNullable<Stack['console']>) => Promise<void>;
}

/**
 * Deploys a stage. Audio is uploaded before the functions that need it, the console after its API. A new stage is created without
 * deletion protection, so that CloudFormation can roll back a failed creation; protection is then turned on. Returns the URL of the
 * console.
 *
 * @throws {Obstacle} says what was not done, and what to do.
 */
export async function rollOut(stage: string, steps: Steps): Promise<string> {
  const { standing, stray } = await stateBefore(stage, steps);
  if (standing !== undefined) await steps.uploadAudio(standing);
  else if (stray) {
    throw new Obstacle(
      `Nothing is deployed: there is a table branchline-${stage} that an earlier deployment left. If nothing in it is needed, delete it; docs/deploy.md, "Remove it all", says how.`,
    );
  }
  if (!(await steps.deploy(standing === undefined ? 'off' : 'on'))) {
    const help =
      standing === undefined ? ' docs/deploy.md, "If the first deployment fails", says what to do.' : '';
    throw new Obstacle(`The stage is not deployed: see above.${help}`);
  }
  const made = await steps.stack();
  if (made?.console === undefined)
    throw new Obstacle('The stack does not name its buckets: deploy once more.');
  if (standing === undefined) await steps.uploadAudio(made);
  await steps.uploadConsole(made.console);
  if (standing === undefined && !(await steps.deploy('on'))) {
    throw new Obstacle(
      'The stage works, but its table and its user pool are not protected from deletion: deploy once more.',
    );
  }
  return made.console.url;
}

/** The state before the rollout. */
async function stateBefore(stage: string, { stack, strayTable }: Steps) {
  try {
    const standing = await stack();
    return { standing, stray: standing === undefined && (await strayTable()) };
  } catch (error) {
    const reason = messageOf(error);
    throw new Obstacle(
      `Nothing is deployed: the state of ${stage} at AWS cannot be read. Check AWS_PROFILE and AWS_REGION. (${reason})`,
    );
  }
}
