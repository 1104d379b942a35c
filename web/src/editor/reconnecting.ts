import type { Connection, FinalConnectionState, HandleType } from '@xyflow/react';
import { useCallback, useMemo, useRef } from 'react';
import type { DrawnWire } from '../canvas/drawing.ts';
import { dropOf, nodeUnder } from './drop.ts';
import { useEditorContext } from './editorcontext.ts';
import { type useConnecting, useConnectionCancelled } from './gestures.ts';
import type { Tools } from './tools.ts';

type Connecting = ReturnType<typeof useConnecting>;

/**
 * Drawing connections, as it is given, and dragging an end of one that is there: onto another node or exit it leads there, onto
 * nothing it is taken away, which is said.
 */
export function useReconnecting(tools: Tools, connecting: Connecting) {
  const { mayEdit } = useEditorContext();
  const left = useConnectionCancelled();
  const moving = useRef(false);
  const own = useMemo(
    () => ({
      onReconnectStart() {
        moving.current = true;
      },
      onReconnect({ data }: DrawnWire, { source, sourceHandle, target }: Connection) {
        if (data === undefined || left()) return;
        const { wire } = data;
        if (target !== wire.target) tools.connect(wire.source, wire.exit, target);
        else tools.reattach(wire, source, sourceHandle ?? '');
      },
      onReconnectEnd(
        event: MouseEvent | TouchEvent,
        { data }: DrawnWire,
        fixed: HandleType,
        { isValid, toHandle }: FinalConnectionState,
      ) {
        moving.current = false;
        if (isValid === true || data === undefined || left()) return;
        const there = toHandle?.nodeId ?? nodeUnder(dropOf(event));
        if (there === undefined) tools.detach(data.wire);
        else if (fixed === 'source') tools.connect(data.wire.source, data.wire.exit, there);
      },
    }),
    [tools, left],
  );
  const { onConnectEnd, stop } = connecting;
  return {
    ...connecting,
    ...(mayEdit ? own : {}),
    onConnectEnd: useCallback(
      (event: MouseEvent | TouchEvent, state: FinalConnectionState) =>
        moving.current ? stop() : onConnectEnd(event, state),
      [onConnectEnd, stop],
    ),
  };
}
