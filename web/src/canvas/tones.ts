/** Colours of node types that are seen on light and on dark, and white on them. */
const tones: Readonly<Record<string, string>> = {
  start: '#16a34a',
  play: '#2f7de1',
  branch: '#8b5cf6',
  transfer: '#d97310',
  end: '#dc4a4a',
};

/** The colour of a node type. */
export function toneOf(type: string): string {
  return (Object.hasOwn(tones, type) ? tones[type] : undefined) ?? '#7b8190';
}
