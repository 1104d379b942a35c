import { useMemo } from 'react';
import { useApi, useMay } from '../session/context.ts';
import { type AudioLibrary, openLibrary } from './library.ts';

/** The library of audio in the name of who is signed in. */
export function useOpenLibrary(): AudioLibrary {
  const api = useApi();
  const may = useMay();
  const upload = may('POST /api/audio');
  const review = may('POST /api/audio/{id}/review');
  const remove = may('DELETE /api/audio/{id}');
  return useMemo(() => openLibrary(api, { upload, review, remove }), [api, upload, review, remove]);
}
