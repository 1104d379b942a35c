import { useEffect, useState } from 'react';
import type { Answer, Question } from './question.ts';
import { type WorkerPort, WorkerQueue } from './workerqueue.ts';

function startWorker(): WorkerPort {
  return new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }) as unknown as WorkerPort;
}

/** The newest answer of a worker of its own; `undefined` until the first. The question is asked `afterMs` after it was changed last. */
export function useWorker<Asked extends Question['ask']>(
  question: (Question & { ask: Asked }) | undefined,
  afterMs: number,
): Answer<Asked> | undefined {
  const [answer, setAnswer] = useState<Answer<Asked> | undefined>(undefined);
  const [queue] = useState(() => new WorkerQueue<Asked>(startWorker, (told) => setAnswer(() => told)));
  useEffect(() => () => queue.close(), [queue]);
  useEffect(() => {
    if (question === undefined) return;
    const timer = setTimeout(() => queue.ask(question), afterMs);
    return () => clearTimeout(timer);
  }, [queue, question, afterMs]);
  return answer;
}
