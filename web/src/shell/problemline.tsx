import type { Problem } from '../../../lib/flow/problem.ts';
import { problemLine } from '../words/sentences.ts';

/** What is wrong with the shape of a document, in a sentence. */
export function ProblemLine({ problems }: { problems: readonly Problem[] }) {
  return <pre className="broken">{problemLine(problems)}</pre>;
}
