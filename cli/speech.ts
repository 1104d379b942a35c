import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { Admin } from '../lib/admin/admin.ts';
import { makeSpeech, readSpeech, type SpeechProgress } from '../lib/admin/speech.ts';
import { Failure } from '../lib/errors.ts';
import { openPolly, requestsPerSecond } from '../lib/media/polly.ts';
import { pollyPath } from '../local/aws/polly.ts';
import { readDataDir } from '../local/settings.ts';
import { readStack } from '../local/stack.ts';
import { printError } from '../local/terminal.ts';
import { openLibrary } from './library.ts';
import { messageOf } from './reason.ts';
import { NoTarget, openEditor } from './target.ts';

/**
 * Opens the target of `publish`: like `openEditor`, with speech if texts are synthesised before publishing. Throws NoTarget.
 */
export async function openPublisher(stage: string | undefined): Promise<Admin> {
  if (!(await isSynthesised(stage))) return await openEditor(stage);
  return { ...(await openLibrary(stage)), speech: { synthesised: true, speak: speakerOf(stage) } };
}

/**
 * Synthesises the texts of a draft that have no speech yet, with progress on stderr. Does nothing if the carrier speaks the texts.
 * Throws as `makeSpeech` does, and `flow-invalid` with the texts that cannot be spoken.
 */
export async function completeSpeech(admin: Admin, id: string): Promise<void> {
  if (admin.speech?.synthesised !== true) return;
  let progress = await readSpeech(admin, id);
  if (progress.left > 0) {
    const seconds = Math.ceil(progress.left / requestsPerSecond);
    printError(`${id}: texts to be synthesised first: ${progress.left}, which takes about ${seconds} s.`);
  }
  while (progress.left > 0 && progress.failed.length === 0) {
    progress = await makeSpeech(admin, id);
    printError(`${id}: texts that are spoken: ${progress.done}, left: ${progress.left}.`);
  }
  refuseFailed(progress);
}

/** Throws `flow-invalid` if texts cannot be spoken: a publish would be refused, even with all others synthesised. */
function refuseFailed({ failed }: SpeechProgress): void {
  const [first] = failed;
  if (first === undefined) return;
  const problems = failed.map(({ node, field, message }) => ({
    ...{ rule: 'speech-refused', severity: 'error', node, field, message },
  }));
  throw new Failure('flow-invalid', 'The flow holds texts that cannot be spoken.', problems);
}

function speakerOf(stage: string | undefined) {
  const stack = stage === undefined ? readStack(readDataDir()) : undefined;
  if (stack === undefined) return openPolly();
  const { region, credentials } = stack.table;
  return openPolly({ endpoint: `${stack.url}${pollyPath}`, region, credentials });
}

/** Whether texts are synthesised: read from the stack of this machine, or from the admin function of a stage. */
async function isSynthesised(stage: string | undefined): Promise<boolean> {
  if (stage === undefined) return readStack(readDataDir())?.speech === 'polly';
  const FunctionName = `branchline-${stage}-admin`;
  const client = new LambdaClient({ maxAttempts: 2 });
  try {
    const { Environment } = await client.send(new GetFunctionConfigurationCommand({ FunctionName }));
    return Environment?.Variables?.SPEECH === 'polly';
  } catch (error) {
    const reason = messageOf(error);
    throw new NoTarget(`The function ${FunctionName} cannot be asked who speaks texts: ${reason}`);
  } finally {
    client.destroy();
  }
}
