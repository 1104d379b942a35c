import type { ReactFlowInstance } from '@xyflow/react';
import type { TFunction } from 'i18next';
import { thingsOf } from '../../../lib/flow/notes.ts';
import type { Desk } from '../document/desk.ts';
import { connect, disconnect, move, reattach, remove } from '../document/edits.ts';
import type { Point } from '../document/geometry.ts';
import { deletable, placeOf } from '../document/things.ts';
import { refusalOf, type Wire, wiresOf } from '../document/wires.ts';
import { arrange } from '../layout/layout.ts';
import { fitting } from '../sheet/fitting.ts';
import { keysText } from './keys.ts';

/** How what is on the canvas is changed. */
export interface Changing {
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
  readonly desk: Desk;
  readonly canvas: ReactFlowInstance;
  readonly t: TFunction;
  readonly say: (text: string) => void;
  readonly warn: (text: string) => void;
  /** Lets nodes glide to their places for the time `moving`. */
  readonly animate: () => void;
}

/** How long the nodes take to their new places, in milliseconds; the style sheet moves them a little faster. */
export const moving = 400;

/** The tools that change what is there. */
export function changing({ desk, canvas, t, say, warn, animate }: Kit): Changing {
  return {
    arrange() {
      animate();
      desk.act(arrange(desk.flow));
      void canvas.fitView({ ...fitting, duration: 300 });
    },
    deleteSelection() {
      const { wires } = desk.sight().selection;
      const nodes = desk.whole;
      if (nodes.some((id) => !deletable(desk.flow, id))) warn(t('canvas.startStays'));
      const chosen = wiresOf(desk.flow).filter(({ id }) => wires.has(id));
      desk.act(remove(desk.flow, nodes, chosen));
    },
    selectAll: () => desk.select(thingsOf(desk.sight().folding.shown)),
    nudge([dx, dy]) {
      const ids = desk.selected;
      const places = ids.map((id): [string, Point] => {
        const [x, y] = placeOf(desk.flow, id);
        return [id, [x + dx, y + dy]];
      });
      desk.carry({ ...move(desk.flow, places), merge: `nudge ${ids.join(' ')}` }, ids);
    },
    connect(source, exit, target) {
      const refusal = refusalOf(desk.flow, source, target);
      if (refusal !== undefined) return warn(t(`canvas.refused.${refusal}`));
      desk.act(connect(desk.flow, source, exit, target));
    },
    reattach(wire, source, exit) {
      const refusal = refusalOf(disconnect(desk.flow, [wire]).flow, source, wire.target);
      if (refusal !== undefined) return warn(t(`canvas.refused.${refusal}`));
      desk.act(reattach(desk.flow, wire, source, exit));
    },
    detach(wire) {
      desk.act(disconnect(desk.flow, [wire]));
      say(t('canvas.detached', { keys: keysText('Ctrl+Z') }));
    },
  };
}
