import { audioTypeOf, largestBytes } from '../../../lib/flow/upload.ts';

/** Why a file is not uploaded. */
export type FileFault = 'type' | 'empty' | 'tooLarge';

/** What keeps a file from being uploaded, as far as its name and size tell. */
export function fileFault({
  name,
  size,
}: {
  readonly name: string;
  readonly size: number;
}): FileFault | undefined {
  if (audioTypeOf(name) === undefined) return 'type';
  if (size === 0) return 'empty';
  return size > largestBytes ? 'tooLarge' : undefined;
}
