import type { ReactFlowInstance } from '@xyflow/react';
import type { RefObject } from 'react';
import { nodeOf } from '../../../lib/flow/flow.ts';
import { fitOptions } from '../canvas/fit.ts';
import { type ArrowKey, nextOf } from '../document/navigation.ts';
import type { DocumentStore } from '../document/store.ts';
import { boxOf } from '../document/things.ts';
import type { NavigationTools } from './tools.ts';

interface Kit {
  readonly store: DocumentStore;
  readonly canvas: ReactFlowInstance;
  readonly canvasElement: RefObject<HTMLElement | null>;
}

/** How many frames a node may take to be drawn. */
const patience = 60;

/** The tools that go through a flow. */
export function navigationTools({ store, canvas, canvasElement }: Kit): NavigationTools {
  const tools: NavigationTools = {
    nodeAt(thing) {
      const [only, another] = store.selected;
      return [thing, another === undefined ? only : undefined].find(
        (id) => id !== undefined && nodeOf(store.flow, id) !== undefined,
      );
    },
    open(thing) {
      const node = tools.nodeAt(thing);
      if (node === undefined) return false;
      store.show({ node, inside: true });
      return true;
    },
    walk(key, thing) {
      if (store.selected.length > 1) return false;
      const from = tools.nodeAt(thing);
      const { flow, shown, folds } = store.state().folding;
      // The way on from a folded node unfolds it; all others stay with what is drawn.
      const opens = key === 'ArrowRight' && from !== undefined && folds.has(from);
      const next = nextOf(opens ? flow : shown, from, key as ArrowKey);
      if (next === undefined) return false;
      store.select([next]);
      tools.focus(next);
      return true;
    },
    focus(id) {
      let left = patience;
      const look = () => {
        const drawn = canvasElement.current?.querySelector<HTMLElement>(
          `.react-flow__node[data-id="${CSS.escape(id)}"]`,
        );
        if (drawn) drawn.focus({ preventScroll: true });
        else if (left > 0) {
          left -= 1;
          requestAnimationFrame(look);
        }
      };
      const box = boxOf(store.flow, id);
      const isDrawn = canvasElement.current?.querySelector(`.react-flow__node[data-id="${CSS.escape(id)}"]`);
      if (box !== undefined && !isDrawn) {
        const { x, y, width, height } = box;
        void canvas.setCenter(x + width / 2, y + height / 2, { zoom: canvas.getZoom() });
      }
      look();
    },
    zoom(by) {
      if (by === 'fit') void canvas.fitView({ ...fitOptions, duration: 250 });
      else void canvas.zoomTo(by === 'natural' ? 1 : canvas.getZoom() * by, { duration: 150 });
    },
  };
  return tools;
}
