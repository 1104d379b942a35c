import { useReactFlow } from '@xyflow/react';
import { useContext, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { measure, type Point } from '../document/geometry.ts';
import { toast } from '../shell/toast.ts';
import { useNames } from '../words/naming.ts';
import { stepText } from '../words/steps.ts';
import { adding } from './adding.ts';
import { AnnouncementsContext } from './announcements.ts';
import { useBoard } from './board.ts';
import { changing, moving } from './changing.ts';
import { clipping } from './clipping.ts';
import { useDocumentStore } from './documentstore.ts';
import { folds } from './folds.ts';
import { reveal, seenOf } from './opening.ts';
import { useSurroundings } from './surroundings.ts';
import type { Tools } from './tools.ts';
import { walking } from './walking.ts';

/** The tools of the editor around. */
export function useTools(): Tools {
  const store = useDocumentStore();
  const canvas = useReactFlow();
  const board = useBoard();
  const { t } = useTranslation();
  const names = useNames();
  const { tell } = useContext(AnnouncementsContext);
  const { groups, mayEdit } = useSurroundings();
  const pointer = useRef<{ x: number; y: number } | undefined>(undefined);

  return useMemo(() => {
    // One at a time. What was done to the flow is read out by the announcer.
    const say = (text: string) => toast.info(text, { key: 'canvas', silent: true });
    const warn = (text: string) => {
      tell(text);
      toast.warning(text, { key: 'canvas', silent: true });
    };
    // Copying changes nothing, so nothing else reads it out.
    const tellAndSay = (text: string) => {
      tell(text);
      say(text);
    };
    const middle = (): Point => {
      const { x, y } = canvas.screenToFlowPosition(middleOf(board.current?.getBoundingClientRect()));
      return [x - measure.width / 2, y - measure.head];
    };
    const pointed = (): Point => {
      if (pointer.current === undefined) return middle();
      const { x, y } = canvas.screenToFlowPosition(pointer.current);
      return [x, y];
    };
    // The panel that opens for what is selected takes room first.
    const show = (ids: readonly string[]) =>
      void requestAnimationFrame(() => reveal(canvas, store.flow, ids, board.current));
    const animate = () => {
      const { current } = board;
      current?.classList.add('is-moving');
      setTimeout(() => current?.classList.remove('is-moving'), moving);
    };
    return {
      ...adding({ store, mayEdit, t, warn, middle }),
      ...changing({ store, canvas, t, say, warn, animate }),
      ...walking({ store, canvas, board }),
      ...folds({ store, t, names, tell, warn }),
      ...clipping({
        store,
        t,
        groups,
        say: tellAndSay,
        warn,
        pointed,
        seen: () => seenOf(canvas, board.current),
        reveal: show,
      }),
      undo() {
        const step = store.undo();
        if (step !== undefined) say(t('canvas.undone', { step: stepText(t, names, step) }));
      },
      redo() {
        const step = store.redo();
        if (step !== undefined) say(t('canvas.redone', { step: stepText(t, names, step) }));
      },
      point(x, y) {
        pointer.current = { x, y };
      },
    };
  }, [store, canvas, board, t, names, tell, groups, mayEdit]);
}

function middleOf(box: DOMRect | undefined): { x: number; y: number } {
  return { x: (box?.left ?? 0) + (box?.width ?? 0) / 2, y: (box?.top ?? 0) + (box?.height ?? 0) / 2 };
}
