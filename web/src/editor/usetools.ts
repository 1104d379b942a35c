import { useReactFlow } from '@xyflow/react';
import { useContext, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { measure, type Point } from '../document/geometry.ts';
import { drawnBoxes } from '../document/things.ts';
import { toast } from '../shell/toast.ts';
import { useNames } from '../words/naming.ts';
import { stepText } from '../words/steps.ts';
import { addTools } from './addtools.ts';
import { AnnouncementsContext } from './announcements.ts';
import { useCanvasElement } from './canvaselement.ts';
import { clipboardTools } from './clipboardtools.ts';
import { useDocumentStore } from './documentstore.ts';
import { useEditorContext } from './editorcontext.ts';
import { editTools, moveMs } from './edittools.ts';
import { foldTools } from './foldtools.ts';
import { nearestOutside } from './inview.ts';
import { navigationTools } from './navigationtools.ts';
import { reveal, visibleBox } from './opening.ts';
import type { Tools } from './tools.ts';

/** The tools of the editor around. */
export function useTools(): Tools {
  const store = useDocumentStore();
  // It is another one once it is ready, but does the same.
  const [canvas] = useState(useReactFlow());
  const canvasElement = useCanvasElement();
  const { t } = useTranslation();
  const names = useNames();
  const { tell } = useContext(AnnouncementsContext);
  const { groups, mayEdit } = useEditorContext();
  // Groups come late. The tools stay the same then, and so do all buttons that have them.
  const knownGroups = useRef(groups);
  useEffect(() => {
    knownGroups.current = groups;
  }, [groups]);
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
    const drawingAt = (left: number, top: number): Point => {
      const { x, y } = canvas.screenToFlowPosition({ x: left, y: top });
      return [x, y];
    };
    const middle = (): Point => {
      const { x, y } = middleOf(canvasElement.current?.getBoundingClientRect());
      const [left, top] = drawingAt(x, y);
      return [left - measure.width / 2, top - measure.head];
    };
    const pointed = (): Point => {
      if (pointer.current === undefined) return middle();
      return drawingAt(pointer.current.x, pointer.current.y);
    };
    // The panel that opens for what is selected takes room first.
    const show = (ids: readonly string[]) =>
      void requestAnimationFrame(() => reveal(canvas, store.flow, ids, canvasElement.current));
    // What a step had added may have been all that was in view.
    const showSome = () => {
      const view = visibleBox(canvas, canvasElement.current);
      const near = view && nearestOutside(drawnBoxes(store.state().folding.shown), view);
      if (near !== undefined) show([near]);
    };
    let moving: ReturnType<typeof setTimeout> | undefined;
    const animate = () => {
      const { current } = canvasElement;
      current?.classList.add('is-moving');
      // Another move has its whole time.
      clearTimeout(moving);
      moving = setTimeout(() => current?.classList.remove('is-moving'), moveMs);
    };
    return {
      ...addTools({ store, mayEdit, t, warn, middle }),
      ...editTools({ store, canvas, t, say, warn, animate }),
      ...navigationTools({ store, canvas, canvasElement }),
      ...foldTools({ store, t, names, tell, warn }),
      ...clipboardTools({
        store,
        t,
        groups: () => knownGroups.current,
        say: tellAndSay,
        warn,
        pointed,
        seen: () => visibleBox(canvas, canvasElement.current),
        reveal: show,
      }),
      undo() {
        const step = store.undo();
        if (step === undefined) return;
        say(t('canvas.undone', { step: stepText(t, names, step) }));
        showSome();
      },
      redo() {
        const step = store.redo();
        if (step === undefined) return;
        say(t('canvas.redone', { step: stepText(t, names, step) }));
        showSome();
      },
      drawingAt,
      windowAt([left, top]) {
        const { x, y } = canvas.flowToScreenPosition({ x: left, y: top });
        return [x, y];
      },
      point(x, y) {
        pointer.current = { x, y };
      },
    };
  }, [store, canvas, canvasElement, t, names, tell, mayEdit]);
}

function middleOf(box: DOMRect | undefined): { x: number; y: number } {
  return { x: (box?.left ?? 0) + (box?.width ?? 0) / 2, y: (box?.top ?? 0) + (box?.height ?? 0) / 2 };
}
