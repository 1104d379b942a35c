import { useEffect, useState } from 'react';
import { Asking, type Thinker } from './asking.ts';
import type { Answer, Question } from './question.ts';

function startWorker(): Thinker {
  return new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }) as unknown as Thinker;
}

/** The newest answer of a worker of its own; `undefined` until the first. The question is asked `afterMs` after it was changed last. */
export function useWorker<Asked extends Question['ask']>(
  question: (Question & { ask: Asked }) | undefined,
  afterMs: number,
): Answer<Asked> | undefined {
  const [answer, setAnswer] = useState<Answer<Asked> | undefined>(undefined);
  const [asking] = useState(() => new Asking<Asked>(startWorker, (told) => setAnswer(() => told)));
  useEffect(() => () => asking.close(), [asking]);
  useEffect(() => {
    if (question === undefined) return;
    const timer = setTimeout(() => asking.ask(question), afterMs);
    return () => clearTimeout(timer);
  }, [asking, question, afterMs]);
  return answer;
}
