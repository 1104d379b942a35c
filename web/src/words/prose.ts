import type { MarkdownToJSX } from 'markdown-to-jsx/react';
import { type ComponentType, createElement, type ReactNode } from 'react';

interface LinkProps {
  readonly href?: string | undefined;
  readonly children?: ReactNode;
}

/** Opens beside the console, which tells the other site nothing. */
function Link({ href, children }: LinkProps) {
  return createElement('a', { href, target: '_blank', rel: 'noreferrer', className: 'nodrag' }, children);
}

/** A picture as a link to it: nothing is loaded from elsewhere by looking at a flow. */
function Picture({ src, alt }: { readonly src?: string; readonly alt?: string }) {
  return createElement(Link, { href: src }, alt || src);
}

/** A heading that is not one of the page. */
function heading(level: 'h4' | 'h5' | 'h6'): ComponentType<{ readonly children?: ReactNode }> {
  return ({ children }) => createElement(level, undefined, children);
}

const small = heading('h6');

/** How Markdown is shown: HTML in it as it is written, links in pages of their own, headings small. */
export const prose: MarkdownToJSX.Options = {
  disableParsingRawHTML: true,
  forceBlock: true,
  overrides: {
    a: Link,
    img: Picture,
    h1: heading('h4'),
    h2: heading('h5'),
    h3: small,
    h4: small,
    h5: small,
    h6: small,
  },
};
