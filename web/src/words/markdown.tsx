import Renderer from 'markdown-to-jsx/react';
import { prose } from './prose.ts';
import './markdown.css';

/** A text in Markdown as people read it. */
export function Markdown({ text }: { text: string }) {
  return (
    <div className="markdown">
      <Renderer options={prose}>{text}</Renderer>
    </div>
  );
}
