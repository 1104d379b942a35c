import { SaxesParser } from 'saxes';
import { Fault } from './fault.ts';
import { e164 } from './fields.ts';
import { grammar, isWebUrl, type Rule } from './grammar.ts';
import { isBasic, longestText, speaks } from './voice.ts';

/** An element of a document. The text of a verb includes that of speech markup in it. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Element[];
  readonly text: string;
}

interface Open {
  readonly name: string;
  readonly attributes: Record<string, string>;
  readonly children: Element[];
  text: string;
}

/**
 * The verbs of a TwiML document, in order. Throws a Fault at the first violation of Twilio's documentation. It is stricter than Twilio,
 * which accepts some violations with a warning.
 */
export function readDocument(xml: string): readonly Element[] {
  if (xml.trim() === '') throw new Fault(11770, 'the document is empty');
  const response = parse(xml);
  if (response.name !== 'Response') throw new Fault(12102, `the root is <${response.name}>, not <Response>`);
  checkElement(response);
  return response.children;
}

function parse(xml: string): Element {
  const parser = new SaxesParser<{ xmlns: false }>();
  const document: Open = { name: '', attributes: {}, children: [], text: '' };
  const open = [document];
  parser.on('error', ({ message }) => {
    throw new Fault(12100, message);
  });
  parser.on('xmldecl', ({ version, encoding = 'UTF-8' }) => {
    if (version !== '1.0') throw new Fault(12101, `XML version ${version}: only 1.0 is known`);
    if (!/^utf-8$/i.test(encoding)) throw new Fault(12100, `the document is in ${encoding}, not UTF-8`);
  });
  parser.on('doctype', () => {
    throw new Fault(12100, 'the document has a DOCTYPE');
  });
  parser.on('opentag', ({ name, attributes }) => {
    open.push({ name, attributes: { ...attributes }, children: [], text: '' });
  });
  const hear = (text: string) => {
    const element = open.at(-1);
    if (element !== undefined) element.text += text;
  };
  parser.on('text', hear);
  parser.on('cdata', hear);
  parser.on('closetag', () => {
    const closed = open.pop();
    const parent = open.at(-1);
    if (closed === undefined || parent === undefined) return;
    parent.children.push(closed);
    if (ruleOf(parent.name)?.text === 'words') parent.text += closed.text;
  });
  parser.write(xml).close();
  const [root] = document.children;
  if (root === undefined) throw new Fault(12100, 'the document has no element');
  return root;
}

function checkElement(element: Element): void {
  const rule = ruleOf(element.name);
  if (rule === undefined)
    throw new Fault(12200, `<${element.name}> is not an element that this carrier supports`);
  checkAttributes(element, rule);
  for (const child of element.children) {
    if (ruleOf(child.name) === undefined || rule.children.includes(child.name)) continue;
    throw new Fault(rule.nesting ?? 12200, `<${child.name}> may not stand in <${element.name}>`);
  }
  if (rule.text === 'none' && element.text.trim() !== '') {
    throw new Fault(12200, `<${element.name}> holds text: "${shortened(element.text)}"`);
  }
  for (const child of element.children) checkElement(child);
  more[element.name]?.(element);
}

function ruleOf(name: string): Rule | undefined {
  return Object.hasOwn(grammar, name) ? grammar[name] : undefined;
}

function checkAttributes({ name, attributes }: Element, rule: Rule): void {
  for (const [key, value] of Object.entries(attributes)) {
    const attribute = Object.hasOwn(rule.attributes, key) ? rule.attributes[key] : undefined;
    if (attribute === undefined) throw new Fault(12200, `<${name}> has no attribute ${key}`);
    if (attribute.allows(value)) continue;
    throw new Fault(attribute.code, `<${name} ${key}="${shortened(value)}">: wants ${attribute.wants}`);
  }
}

/** Rules about several parts of a verb together. */
const more: Readonly<Record<string, (element: Element) => void>> = {
  Say({ attributes: { voice, language }, text, children }) {
    if (text.trim() === '') throw new Fault(13520, '<Say> has no text');
    if (voice !== undefined && language !== undefined && !speaks(voice, language)) {
      throw new Fault(13511, `the voice ${voice} does not speak ${language}`);
    }
    if (children.length > 0 && isBasic(voice ?? 'man')) {
      throw new Fault(13520, `<${children[0]?.name}> in <Say>: basic voices take no markup`);
    }
    const length = Array.from(text).length;
    const most = longestText(voice);
    if (length > most) throw new Fault(13521, `<Say> has ${length} characters, its voice takes ${most}`);
  },
  Play({ attributes: { digits }, text }) {
    if (digits === undefined) checkUrl('Play', text);
  },
  Gather({ attributes, children }) {
    for (const { name, attributes: nested } of children) {
      if (name === 'Play' && nested.digits !== undefined) {
        throw new Fault(13320, '<Play digits> may not stand in <Gather>');
      }
    }
    if (attributes.timeout === 'auto' && !(attributes.input ?? 'dtmf').includes('speech')) {
      throw new Fault(13313, '<Gather timeout="auto"> is for speech only');
    }
  },
  Redirect({ text }) {
    checkUrl('Redirect', text);
  },
  Enqueue({ attributes: { waitUrl }, text }) {
    checkName('Enqueue', text);
    if (waitUrl === undefined) {
      throw new Fault(12200, '<Enqueue> has no waitUrl: this carrier has no music of its own');
    }
  },
  Dial({ children }) {
    if (children.length !== 1)
      throw new Fault(13215, '<Dial> wants one <Queue> or one <Number>: nothing else is dialled here');
  },
  Number({ text }) {
    if (!e164.test(text.trim())) throw new Fault(13223, `<Number> holds no number: "${shortened(text)}"`);
  },
  Queue({ text }) {
    checkName('Queue', text);
  },
};

function checkName(name: string, text: string): void {
  const length = Array.from(text.trim()).length;
  if (length < 1 || length > 64)
    throw new Fault(12200, `<${name}> wants a queue's name of 1 to 64 characters`);
}

function checkUrl(name: string, text: string): void {
  if (text.trim() === '' || !isWebUrl(text.trim())) {
    throw new Fault(11100, `<${name}> holds no URL: "${shortened(text)}"`);
  }
}

function shortened(text: string): string {
  const trimmed = text.trim();
  return trimmed.length > 60 ? `${trimmed.slice(0, 60)}…` : trimmed;
}
