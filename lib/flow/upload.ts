/** The largest upload, in bytes. */
export const largestBytes = 5 * 1024 * 1024;

/** The longest upload, in seconds. */
export const largestSeconds = 300;

/** The content types of uploads, with the file extension of each. */
export const audioTypes = { 'audio/mpeg': 'mp3', 'audio/wav': 'wav' } as const;

/** The content type of an upload. */
export type AudioType = keyof typeof audioTypes;

const ending = /\.(mp3|wav)$/i;

/** The content type by the extension of a file name; `undefined` if it is neither `.mp3` nor `.wav`. */
export function audioTypeOf(file: string): AudioType | undefined {
  const kind = ending.exec(file)?.[1]?.toLowerCase();
  return (Object.keys(audioTypes) as AudioType[]).find((type) => audioTypes[type] === kind);
}

/** The default name of an uploaded audio: the file name without its extension, at most 100 characters. */
export function audioNameOf(file: string): string {
  return Array.from(file.replace(ending, '')).slice(0, 100).join('').trim();
}
