import type { ReactFlowInstance } from '@xyflow/react';
import type { TFunction } from 'i18next';
import { thingsOf } from '../../../lib/flow/notes.ts';
import { fitOptions } from '../canvas/fit.ts';
import { connect, disconnect, move, reattach, remove } from '../document/edits.ts';
import type { Point } from '../document/geometry.ts';
import type { DocumentStore } from '../document/store.ts';
import { deletable, placeOf } from '../document/things.ts';
import { refusalOf, type Wire, wiresOf } from '../document/wires.ts';
import { arrange } from '../layout/layout.ts';
import { keysText } from './keys.ts';

/** How what is on the canvas is changed. */
export interface EditTools {
  arrange(): void;
  deleteSelection(): void;
  selectAll(): void;
  nudge(by: Point): void;
  /** Connects, or says why not. */
  connect(source: string, exit: string, target: string): void;
  /** Leads another exit to where a connection leads, in its place, or says why not. */
  reattach(wire: Wire, source: string, exit: string): void;
  /** Takes a connection away, and says how it comes back. */
  detach(wire: Wire): void;
}

interface Kit {
  readonly store: DocumentStore;
  readonly canvas: ReactFlowInstance;
  readonly t: TFunction;
  readonly say: (text: string) => void;
  readonly warn: (text: string) => void;
  /** Lets nodes glide to their places for the time `moving`. */
  readonly animate: () => void;
}

/** How long the nodes take to their new places, in milliseconds; the style sheet moves them a little faster. */
export const moveMs = 400;

/** The tools that change what is there. */
export function editTools({ store, canvas, t, say, warn, animate }: Kit): EditTools {
  return {
    arrange() {
      animate();
      store.apply(arrange(store.flow));
      void canvas.fitView({ ...fitOptions, duration: 300 });
    },
    deleteSelection() {
      const { wires } = store.state().selection;
      const nodes = store.selectedWithHidden;
      if (nodes.some((id) => !deletable(store.flow, id))) warn(t('canvas.startStays'));
      const chosen = wiresOf(store.flow).filter(({ id }) => wires.has(id));
      store.apply(remove(store.flow, nodes, chosen));
    },
    selectAll: () => store.select(thingsOf(store.state().folding.shown)),
    nudge([dx, dy]) {
      const ids = store.selected;
      const places = ids.map((id): [string, Point] => {
        const [x, y] = placeOf(store.flow, id);
        return [id, [x + dx, y + dy]];
      });
      store.applyMove({ ...move(store.flow, places), merge: `nudge ${ids.join(' ')}` }, ids);
    },
    connect(source, exit, target) {
      const refusal = refusalOf(store.flow, source, exit, target);
      if (refusal !== undefined) return warn(t(`canvas.refused.${refusal}`));
      store.apply(connect(store.flow, source, exit, target));
    },
    reattach(wire, source, exit) {
      const refusal = refusalOf(disconnect(store.flow, [wire]).flow, source, exit, wire.target);
      if (refusal !== undefined) return warn(t(`canvas.refused.${refusal}`));
      store.apply(reattach(store.flow, wire, source, exit));
    },
    detach(wire) {
      store.apply(disconnect(store.flow, [wire]));
      say(t('canvas.detached', { keys: keysText('Ctrl+Z') }));
    },
  };
}
