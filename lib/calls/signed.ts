import { signingToken } from '../carrier/signature.ts';
import type { Tokens } from '../carrier/tokens.ts';
import type { Post } from './voice.ts';

/** Whether the carrier signed a post with any of its tokens. Sets `post.tokens` to the valid ones, the signing one first. */
export function isCarriers(post: Post, tokens: Tokens, at: Date): boolean | Promise<boolean> {
  const { signed, deadline } = post;
  const fits = tokens.fit(at, (list) => {
    const token = signingToken(signed, list);
    if (token !== undefined) post.tokens = [token, ...list.filter((each) => each !== token)];
    return token !== undefined;
  });
  return typeof fits === 'boolean' ? fits : deadline.watch(() => fits);
}
