import { nodeType } from '../../../lib/nodes/index.ts';

/** The colour of a node type. */
export function toneOf(type: string): string {
  return nodeType(type)?.face.tone ?? '#7b8190';
}
