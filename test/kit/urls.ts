import type { Urls } from '../../lib/carrier/twiml.ts';

/** URLs for documents of which a test does not read the URLs. */
export const noUrls: Urls = {
  ...{ action: '', announcement: '', answered: '' },
  ...{ recorded: () => '', wait: () => '', audio: () => '', queue: () => '' },
};
