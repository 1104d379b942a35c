/** What an upload may be: 5 MB, and 5 minutes. */
export const largestBytes = 5_000_000;
export const largestSeconds = 300;

/** The content types of uploads, and what a file of each must be. */
export const audioTypes = { 'audio/mpeg': 'mp3', 'audio/wav': 'wav' } as const;

/** The content type of an upload. */
export type AudioType = keyof typeof audioTypes;

const ending = /\.(mp3|wav)$/i;

/** The content type that the name of a file promises; `undefined` if it ends in neither `.mp3` nor `.wav`. */
export function audioTypeOf(file: string): AudioType | undefined {
  const kind = ending.exec(file)?.[1]?.toLowerCase();
  return (Object.keys(audioTypes) as AudioType[]).find((type) => audioTypes[type] === kind);
}

/** What a recording is called unless someone names it: its file without the ending, at most 100 characters. */
export function audioNameOf(file: string): string {
  return Array.from(file.replace(ending, '')).slice(0, 100).join('').trim();
}
