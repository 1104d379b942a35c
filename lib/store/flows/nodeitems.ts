import type { Flow, FlowNode } from '../../flow/flow.ts';
import { type Item, numberOf, textOf } from '../table/item.ts';

// The storage format of versions from earlier releases: a head with the rest of the document, then one item for each node. This
// release only reads it; the next release can delete this file.

/** Whether a version is stored with one item for each node. */
export function isNodeItems(items: readonly Item[]): boolean {
  const [head] = items;
  return head?.sk?.S === 'head' && head.json?.S !== undefined;
}

/** The version without layout and notes, as calls use it; `undefined` if a node is missing. */
export function nodeItemsWalked(items: readonly Item[]): Flow | undefined {
  const [head, ...rest] = items;
  if (head === undefined || numberOf(head, 'nodes') !== rest.length) return undefined;
  const nodes = rest.map((item): [string, FlowNode] => [
    textOf(item, 'id'),
    JSON.parse(todaysNames(textOf(item, 'json'))),
  ]);
  const { layout: _, ...document } = JSON.parse(textOf(head, 'json')) as Omit<Flow, 'nodes'>;
  return { ...document, nodes: Object.fromEntries(nodes) };
}

/** The complete version, with layout and notes; `undefined` if a node is missing. */
export function nodeItemsDocument(items: readonly Item[]): Flow | undefined {
  const walked = nodeItemsWalked(items);
  const [head, ...rest] = items;
  if (walked === undefined || head === undefined) return undefined;
  const positions = rest.flatMap((item) =>
    item.position?.S === undefined ? [] : [[textOf(item, 'id'), JSON.parse(item.position.S)] as const],
  );
  const hasLayout = 'layout' in (JSON.parse(textOf(head, 'json')) as Partial<Flow>);
  return {
    ...walked,
    ...(hasLayout ? { layout: Object.fromEntries(positions) } : {}),
    ...(head.notes?.S === undefined ? {} : { notes: JSON.parse(head.notes.S) as NonNullable<Flow['notes']> }),
  };
}

/** Those releases spoke the caller's own place for `${WaitNo}`, which is `${QueuePosition}` by now. */
function todaysNames(json: string): string {
  return json.replaceAll('${WaitNo}', '${QueuePosition}');
}
