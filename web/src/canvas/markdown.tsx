import Renderer, { type MarkdownToJSX } from 'markdown-to-jsx/react';
import type { ComponentType, ReactNode } from 'react';
import './markdown.css';

interface LinkProps {
  readonly href?: string;
  readonly children?: ReactNode;
}

/** Opens beside the console, which tells the other site nothing. */
function Link({ href, children }: LinkProps) {
  return (
    <a href={href} target="_blank" rel="noreferrer" className="nodrag">
      {children}
    </a>
  );
}

/** A picture as a link to it: nothing is loaded from elsewhere by looking at a flow. */
function Picture({ src, alt }: { readonly src?: string; readonly alt?: string }) {
  return <Link {...(src === undefined ? {} : { href: src })}>{alt || src}</Link>;
}

/** A heading that is no heading of the page. */
function heading(Level: 'h4' | 'h5' | 'h6'): ComponentType<{ readonly children?: ReactNode }> {
  return ({ children }) => <Level>{children}</Level>;
}

const small = heading('h6');

const options: MarkdownToJSX.Options = {
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

/** A text in Markdown as people read it; HTML in it is shown as it is written. */
export function Markdown({ text }: { text: string }) {
  return (
    <div className="markdown">
      <Renderer options={options}>{text}</Renderer>
    </div>
  );
}
