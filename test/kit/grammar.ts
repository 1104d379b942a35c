import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { SaxesParser } from 'saxes';

/** An element of a document: its attributes and text with all escapes undone. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  /** The text that stands in the element itself. */
  text: string;
}

/** Whether a value is one that an attribute takes. */
type Takes = (value: string) => boolean;

/** What the grammar says of one kind of element. */
interface Kind {
  readonly attributes: ReadonlyMap<string, Takes>;
  /** The name of each element that it may hold → the kind of that element. */
  readonly children: ReadonlyMap<string, string>;
  readonly text: boolean;
}

const declaration = '<?xml version="1.0" encoding="UTF-8"?>';
const largestBytes = 64 * 1024;

/**
 * Every way in which a document is not TwiML for a voice call, as sentences; none for a good one. The grammar is the
 * one in twilio's own types (`VoiceResponse.d.ts`) with the rules of Twilio's pages that types cannot say.
 */
export function faultsOf(xml: string): string[] {
  const { root, faults } = parse(xml);
  if (!xml.startsWith(declaration)) faults.push(`The document does not begin with ${declaration}`);
  const bytes = Buffer.from(xml);
  if (bytes.length > largestBytes)
    faults.push(`The document has ${bytes.length} bytes, ${largestBytes} are allowed`);
  if (bytes.toString() !== xml) faults.push('The document holds half of a surrogate pair');
  if (root === undefined) faults.push('The document has no root');
  else if (root.name !== 'Response') faults.push(`The root is <${root.name}>, not <Response>`);
  else check(root, 'VoiceResponse', faults);
  return faults;
}

/** Reads a document as any strict XML parser does: its root, if it has one, and what is not well-formed in it. */
export function parse(xml: string): { root: Element | undefined; faults: string[] } {
  const faults: string[] = [];
  const open: Element[] = [];
  let root: Element | undefined;
  const parser = new SaxesParser();
  parser.on('error', (error) => faults.push(`Not well-formed XML: ${error.message}`));
  parser.on('doctype', () => faults.push('A document type is not TwiML'));
  parser.on('processinginstruction', ({ target }) => faults.push(`<?${target}?> is not TwiML`));
  parser.on('opentag', ({ name, attributes }) => {
    const element: Element = { name, attributes, children: [], text: '' };
    root ??= element;
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on('closetag', () => void open.pop());
  const append = (text: string) => {
    const element = open.at(-1);
    if (element !== undefined) element.text += text;
  };
  parser.on('text', append);
  parser.on('cdata', append);
  parser.write(xml).close();
  return { root, faults };
}

function check(element: Element, kindName: string, faults: string[]): void {
  const { name, attributes, children, text } = element;
  const kind = kindOf(kindName);
  for (const [attribute, value] of Object.entries(attributes)) {
    const takes = kind.attributes.get(attribute);
    if (takes === undefined) faults.push(`<${name}> has no attribute ${attribute}`);
    else if (
      ![takes, rules[`@${attribute}`], rules[`${name}@${attribute}`]].every((rule) => rule?.(value) ?? true)
    ) {
      faults.push(`<${name} ${attribute}> cannot be "${value}"`);
    }
  }
  if (!kind.text && text.trim() !== '') faults.push(`<${name}> holds the text "${text}"`);
  if (contents[name]?.(element) === false) faults.push(`<${name}> cannot hold what it holds: "${text}"`);
  for (const child of children) {
    const childKind = kind.children.get(child.name);
    if (childKind === undefined) faults.push(`<${child.name}> cannot stand in <${name}>`);
    else check(child, childKind, faults);
  }
}

const absolute: Takes = (value) => /^https?:\/\/\S+$/.test(value) && URL.canParse(value);
const httpMethod: Takes = (value) => value === 'GET' || value === 'POST';
const whole =
  (least: number, most: number = Number.MAX_SAFE_INTEGER): Takes =>
  (value) =>
    /^[0-9]+$/.test(value) && Number(value) >= least && Number(value) <= most;

// What Twilio's pages say of attributes and its types do not (https://www.twilio.com/docs/voice/twiml). URLs are
// absolute, because not every TwiML carrier takes others.
const rules: Readonly<Record<string, Takes>> = {
  '@action': absolute,
  '@url': absolute,
  '@waitUrl': (value) => value === '' || absolute(value),
  '@statusCallback': absolute,
  '@method': httpMethod,
  '@waitUrlMethod': httpMethod,
  '@loop': whole(0, 1000),
  'Gather@timeout': whole(1),
  'Gather@numDigits': whole(1),
  'Gather@finishOnKey': (value) => /^[0-9#*]?$/.test(value),
  'Dial@timeout': whole(5, 600),
  'Pause@length': whole(1),
  'Play@digits': (value) => /^[0-9A-D#*wW]+$/.test(value),
};

// The same of what an element holds. Digits are played, but not while others are gathered.
const contents: Readonly<Record<string, (element: Element) => boolean>> = {
  Say: ({ text, children }) => text.trim() !== '' || children.length > 0,
  Play: ({ text, attributes }) => attributes.digits !== undefined || absolute(text),
  Gather: ({ children }) => children.every(({ attributes }) => attributes.digits === undefined),
  Redirect: ({ text }) => absolute(text),
  Enqueue: ({ text }) => text.length <= 64,
};

function kindOf(name: string): Kind {
  const kind = kinds.get(name);
  if (kind === undefined) throw new Error(`twilio's types name ${name}, but do not define it`);
  return kind;
}

const kinds = readKinds(
  readFileSync(createRequire(import.meta.url).resolve('twilio/lib/twiml/VoiceResponse.d.ts'), 'utf8'),
);

// The file is generated, one declaration a line: `type Name = "a" | "b";`, `interface SayAttributes {` with a property
// a line, and `class Say extends TwiML {` with a method for each element that may stand in it.
function readKinds(types: string): ReadonlyMap<string, Kind> {
  const unions = new Map<string, ReadonlySet<string>>();
  for (const [, name = '', values = ''] of types.matchAll(/^ +type (\w+) = (.+);$/gm)) {
    unions.set(name, new Set(Array.from(values.matchAll(/"([^"]*)"/g), ([, value = '']) => value)));
  }
  const attributes = readAttributes(types, unions);
  const withText = new Set<string>();
  const kinds = new Map<string, Kind>();
  for (const [, name = '', body = ''] of types.matchAll(/class (\w+) extends TwiML \{\n(.*?)^ *\}$/gms)) {
    const children = new Map<string, string>();
    for (const [, method = '', parameters = '', kind = ''] of body.matchAll(
      /^ +(\w+)\((.*)\): VoiceResponse\.(\w+);$/gm,
    )) {
      children.set(elementName(method, kind), kind);
      if (/\b(?!attributes\b)\w+\??: string/.test(parameters)) withText.add(kind);
    }
    kinds.set(name, { attributes: attributes.get(`${name}Attributes`) ?? new Map(), children, text: false });
  }
  return new Map(Array.from(kinds, ([name, kind]) => [name, { ...kind, text: withText.has(name) }]));
}

/** The attributes of each interface; an interface may stand there many times. */
function readAttributes(types: string, unions: ReadonlyMap<string, ReadonlySet<string>>) {
  const attributes = new Map<string, Map<string, Takes>>();
  for (const [, name = '', body = ''] of types.matchAll(/export interface (\w+) \{\n(.*?)^ *\}$/gms)) {
    const known = attributes.get(name) ?? new Map<string, Takes>();
    attributes.set(name, known);
    for (const [, attribute = '', type = ''] of body.matchAll(/^ +"?([\w:-]+)"?\??: (.+);$/gm)) {
      known.set(attribute, taker(type, unions));
    }
  }
  return attributes;
}

function taker(type: string, unions: ReadonlyMap<string, ReadonlySet<string>>): Takes {
  if (type.endsWith('[]')) {
    const one = taker(type.slice(0, -2), unions);
    return (value) => value.split(' ').every(one);
  }
  if (type === 'string') return () => true;
  if (type === 'boolean') return (value) => value === 'true' || value === 'false';
  if (type === 'number') return (value) => /^-?[0-9]+(\.[0-9]+)?$/.test(value);
  const union = unions.get(type);
  if (union === undefined) throw new Error(`twilio's types name ${type}, but do not define it`);
  return (value) => union.has(value);
}

/** SSML elements are written `say-as`, all others `Gather`; their methods are `sayAs` and `gather`. */
function elementName(method: string, kind: string): string {
  if (kind.startsWith('Ssml')) return method.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return method.charAt(0).toUpperCase() + method.slice(1);
}
