import i18next from 'i18next';
import type { AudioUpload } from '../api/generated/types.ts';

/**
 * Puts a file where it was announced; `progress` gets shares of 1. Rejects with a sentence. It takes an XMLHttpRequest, since
 * `fetch` does not tell how much was sent.
 */
export function uploadFile(
  { method, url, headers }: AudioUpload['upload'],
  file: File,
  progress: (share: number) => void,
): Promise<void> {
  return new Promise((done, failed) => {
    const request = new XMLHttpRequest();
    request.open(method, url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value ?? '');
    request.upload.onprogress = ({ loaded, total }) => progress(total === 0 ? 1 : loaded / total);
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) done();
      else failed(new Error(i18next.t('audio.storageRefused', { status: request.status })));
    };
    request.onerror = () => failed(new Error(i18next.t('saving.offline')));
    request.send(file);
  });
}
