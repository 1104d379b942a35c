import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import type { Audio } from '../api/generated/types.ts';
import type { AudioLibrary } from './library.ts';

/** The library of audio for the parts of a page; without one, nothing is offered that needs it. */
export const LibraryContext = createContext<AudioLibrary | undefined>(undefined);

/** The library of audio; `undefined` if there is none. */
export function useLibrary(): AudioLibrary | undefined {
  return useContext(LibraryContext);
}

/** All audio of the library, and how to read it again. */
export function useAudio(library: AudioLibrary | undefined) {
  const queries = useQueryClient();
  const list = useQuery({
    queryKey: ['audio'],
    enabled: library !== undefined,
    queryFn: (): Promise<Audio[]> => library?.list() ?? Promise.resolve([]),
  });
  return { ...list, renew: () => queries.invalidateQueries({ queryKey: ['audio'] }) };
}
