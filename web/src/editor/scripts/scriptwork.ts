import type { KeptScript } from '../../draft/remote.ts';
import { withCall } from '../../phone/script.ts';

/** What was done to a call script and is not saved; it outlives the pane. */
export interface ScriptWork {
  /** The text that was written, with the ETag of the script that it was written on. */
  readonly written?: KeptScript;
  /** Calls of the test phone that are put behind it, in order. */
  readonly calls: readonly string[];
}

/** Nothing was done. */
export const noScriptWork: ScriptWork = { calls: [] };

/** The script as it was written on one that is saved, with the ETag that a save of it must send. */
export function currentScript({ written, calls }: ScriptWork, saved: KeptScript): KeptScript {
  const { text, etag } = written ?? saved;
  return { text: calls.reduce(withCall, text), etag };
}

/** The work once another text was written. */
export function writeScript(work: ScriptWork, saved: KeptScript, text: string): ScriptWork {
  const { etag } = currentScript(work, saved);
  return text === saved.text && etag === saved.etag ? noScriptWork : { written: { text, etag }, calls: [] };
}

/** The work after a save of `sent` over what was saved `before`: what was written while it was under way is still unsaved. */
export function afterSave(work: ScriptWork, before: KeptScript, sent: string, saved: KeptScript): ScriptWork {
  const { text } = currentScript(work, before);
  return text === sent ? noScriptWork : { written: { text, etag: saved.etag }, calls: [] };
}
