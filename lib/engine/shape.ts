import * as v from 'valibot';
import { defined } from '../flow/defined.ts';
import { type FlowNode, flowFormat, flowHead, isNodeId, nodeHead } from '../flow/flow.ts';
import { isRecord } from '../flow/json.ts';
import { firstCharacters } from '../flow/length.ts';
import { Note } from '../flow/note.ts';
import { Position } from '../flow/position.ts';
import type { Problem } from '../flow/problem.ts';
import { deepestNesting, isNestedDeeper } from '../flow/size.ts';
import { nodeType, nodeTypes } from '../nodes/index.ts';
import type { DefinedType, Exits } from '../nodes/node.ts';
import { didYouMean } from './closest.ts';
import { foreignSystem } from './foreign.ts';

const Head = v.strictObject({
  ...flowHead,
  nodes: v.optional(v.unknown()),
  layout: v.optional(v.unknown()),
  notes: v.optional(v.unknown()),
});

/**
 * Problems of the document itself: its fields, and the settings and exits of each node. A document of another system, of a newer
 * format, or nested too deep gets one problem that says so.
 */
export function* checkShape(document: unknown): Iterable<Problem> {
  if (isNestedDeeper(document)) {
    yield misshaped(
      undefined,
      `The document nests more than ${deepestNesting} levels of objects and lists: a flow needs ten at most, remove what does not belong to it.`,
    );
    return;
  }
  const system = foreignSystem(document);
  if (system !== undefined) {
    yield misshaped(undefined, `This is a ${system} flow; Branchline cannot import those yet.`);
    return;
  }
  if (!isRecord(document)) {
    yield misshaped(undefined, 'A flow is a JSON object: { "schema": 1, … }.');
    return;
  }
  if (isNewer(document.schema)) {
    yield misshaped('schema', newer(document.schema));
    return;
  }
  yield* checkHead(document);
  if (isRecord(document.nodes)) {
    for (const [id, node] of Object.entries(document.nodes)) yield* checkNode(id, node);
  } else {
    yield misshaped('nodes', '`nodes` must be an object: { "start": { "type": "start", … } }.');
  }
  yield* checkLayout(document.layout);
  yield* checkNotes(document.notes);
}

function isNewer(schema: unknown): schema is number {
  return Number.isInteger(schema) && Number(schema) > flowFormat;
}

function newer(schema: number): string {
  return `The flow is of format ${schema}, this release knows ${flowFormat}: take a newer release.`;
}

function checkHead(document: Record<string, unknown>): Problem[] {
  const issues = v.safeParse(Head, document).issues ?? [];
  return issues.map((issue) => headProblem(issue, fieldOf(issue), 'flow', Object.keys(Head.entries)));
}

function headProblem(
  issue: v.BaseIssue<unknown>,
  field: string,
  what: 'flow' | 'note',
  known: readonly string[],
): Problem {
  const kind = kindOf(issue);
  if (kind === 'unknown') {
    const name = field.split('.').at(-1) ?? field;
    const message = `\`${field}\` is not a field of a ${what}${didYouMean(name, known) ?? ': remove it.'}`;
    return { rule: 'unknown-setting', severity: 'error', field, message };
  }
  return misshaped(field, kind === 'missing' ? `\`${field}\` is missing.` : `\`${field}\` ${issue.message}.`);
}

function checkLayout(layout: unknown): Problem[] {
  if (layout === undefined) return [];
  if (!isRecord(layout)) return [misshaped('layout', '`layout` must be an object: { "start": [0, 0] }.')];
  return Object.entries(layout).flatMap(([id, position]): Problem[] => {
    const field = `layout.${id}`;
    const issue = v.safeParse(Position, position).issues?.[0];
    if (issue === undefined) return [];
    const message = issue.kind === 'validation' ? issue.message : 'must be two numbers: [x, y]';
    return [misshaped(field, `\`${field}\` ${message}.`)];
  });
}

function checkNotes(notes: unknown): Problem[] {
  if (notes === undefined) return [];
  if (!isRecord(notes)) {
    return [misshaped('notes', '`notes` must be an object: { "note": { "at": [0, 0], "text": "…" } }.')];
  }
  return Object.entries(notes).flatMap(([id, note]): Problem[] => {
    if (!isNodeId(id))
      return [misshaped('notes', `\`${firstCharacters(id, 80)}\` is not a valid note id: ${idRule}.`)];
    const issues = v.safeParse(Note, note).issues ?? [];
    return issues.map((issue) =>
      headProblem(
        issue,
        ['notes', id, fieldOf(issue)].filter(Boolean).join('.'),
        'note',
        Object.keys(Note.entries),
      ),
    );
  });
}

const idRule = 'use 1 to 63 letters, digits, "_" and "-", beginning with a letter';

function checkNode(id: string, node: unknown): Problem[] {
  if (!isNodeId(id)) {
    return [misshaped('nodes', `\`${firstCharacters(id, 80)}\` is not a valid node id: ${idRule}.`)];
  }
  if (!isRecord(node) || typeof node.type !== 'string') {
    return [{ ...misshaped('type', 'A node is an object with a `type`: { "type": "play", … }.'), node: id }];
  }
  const type = nodeType(node.type);
  if (type === undefined) {
    const known = nodeTypes.map((each) => each.type);
    const fix = didYouMean(node.type, known) ?? `: use one of ${known.join(', ')}.`;
    const message = `\`${firstCharacters(node.type, 80)}\` is not a node type of this release${fix}`;
    const unknown = { rule: 'unknown-type', severity: 'error', node: id, field: 'type', message } as const;
    return [unknown, ...checkNodeHead(id, node), ...checkExits(id, node.exits)];
  }
  const { exits = {} } = node;
  const own = type.exits(node as FlowNode);
  const misshapenExits = checkExits(id, exits, type.derivesExits ? {} : own);
  if (!isRecord(exits)) return misshapenExits;
  return [
    ...misshapenExits,
    ...checkSettings(id, node.exits === undefined ? { ...node, exits } : node, type),
    ...(type.derivesExits ? checkDerivedExits(id, exits, own, type) : checkOneOf(id, exits, type)),
  ];
}

const NodeHead = v.object(nodeHead);

/** Problems of the fields that nodes of all types have. */
function checkNodeHead(id: string, node: Record<string, unknown>): Problem[] {
  const issues = v.safeParse(NodeHead, node).issues ?? [];
  return issues.map((issue) => {
    const field = fieldOf(issue);
    return { ...misshaped(field, `\`${field}\` ${issue.message}.`), node: id };
  });
}

/** Problems of exits in general: each name leads to a text. The exits of the type itself are checked by its schema. */
function checkExits(id: string, exits: unknown = {}, fixed: Exits = {}): Problem[] {
  if (!isRecord(exits)) {
    return [{ ...misshaped('exits', '`exits` must be an object: { "next": "end" }.'), node: id }];
  }
  return Object.entries(exits).flatMap(([exit, target]): Problem[] => {
    if (typeof target === 'string' || Object.hasOwn(fixed, exit)) return [];
    const field = `exits.${firstCharacters(exit, 80)}`;
    return [{ ...misshaped(field, `\`${field}\` must be the id of a node.`), node: id }];
  });
}

function checkOneOf(id: string, exits: Record<string, unknown>, { type, oneOf }: DefinedType): Problem[] {
  if (oneOf === undefined || oneOf.some((exit) => Object.hasOwn(exits, exit))) return [];
  const message = `No key of this ${type} leads anywhere: connect one of ${oneOf.join(' ')}.`;
  return [{ rule: 'unconnected-exit', severity: 'error', node: id, field: 'exits', message }];
}

/** Problems of exits that are derived from settings: the schema accepts any of them. */
function checkDerivedExits(
  id: string,
  exits: Record<string, unknown>,
  own: Exits,
  type: DefinedType,
): Problem[] {
  const missing = Object.entries(own).filter(
    ([exit, { required }]) => required && !Object.hasOwn(exits, exit),
  );
  const unknown = Object.keys(exits).filter((exit) => !Object.hasOwn(own, exit));
  return [
    ...missing.map(([exit]) => unconnected(id, exit)),
    ...unknown.map((exit) => unknownExit(id, exit, type.type, Object.keys(own))),
  ];
}

function unconnected(node: string, exit: string): Problem {
  const message = `The exit \`${exit}\` leads nowhere: connect it to a node.`;
  return { rule: 'unconnected-exit', severity: 'error', node, field: `exits.${exit}`, message };
}

function unknownExit(node: string, exit: string, type: string, known: readonly string[]): Problem {
  const name = firstCharacters(exit, 80);
  const fix = didYouMean(exit, known) ?? `: their exits are ${known.join(' ') || 'none'}.`;
  const message = `\`${name}\` is not an exit of \`${type}\` nodes${fix}`;
  return { rule: 'unknown-exit', severity: 'error', node, field: `exits.${exit}`, message };
}

function checkSettings(id: string, node: Record<string, unknown>, type: DefinedType): Problem[] {
  const parsed = v.safeParse(type.schema, node);
  if (parsed.success) {
    const faults = type.checks?.(parsed.output) ?? [];
    return faults.map(({ rule, severity, field, message }): Problem => {
      return { rule, severity: severity ?? 'error', node: id, field, message: `\`${field}\` ${message}.` };
    });
  }
  return parsed.issues.flatMap((issue): Problem[] => {
    const field = fieldOf(issue);
    const kind = kindOf(issue);
    const exit = /^exits\.(.+)$/.exec(field)?.[1];
    const at = { severity: 'error', node: id, field } as const;
    if (exit === undefined && kind === 'missing') {
      return [
        { ...at, rule: 'missing-setting', message: `\`${field}\` is missing: a ${type.type} needs it.` },
      ];
    }
    if (exit === undefined && kind === 'unknown') {
      const known = Object.keys(type.settings);
      const fix = didYouMean(field, known) ?? `: their settings are ${known.join(', ') || 'none'}.`;
      const message = `\`${field}\` is not a setting of \`${type.type}\` nodes${fix}`;
      return [{ ...at, rule: 'unknown-setting', message }];
    }
    if (exit !== undefined && kind === 'missing') return [unconnected(id, exit)];
    if (exit !== undefined && kind === 'unknown') {
      return [unknownExit(id, exit, type.type, Object.keys(type.exits(node as FlowNode)))];
    }
    // An exit to an invalid id is reported together with the exits to unknown nodes.
    if (exit !== undefined && kind === 'value') return [];
    if (kind === 'value') return [{ ...at, rule: 'bad-value', message: `\`${field}\` ${issue.message}.` }];
    return [{ ...misshaped(field, `\`${field}\` ${issue.message}.`), node: id }];
  });
}

type Kind = 'missing' | 'unknown' | 'shape' | 'value';

/** The kind of an issue. A missing or an unknown key of a strict object can be told only by the `expected` of the issue. */
function kindOf(issue: v.BaseIssue<unknown>): Kind {
  if (issue.kind === 'validation') return 'value';
  // One of several words, and it is not one of them.
  if (issue.type === 'picklist' && typeof issue.input === 'string') return 'value';
  if (issue.type === 'strict_object' && issue.expected === 'never') return 'unknown';
  if (issue.type === 'strict_object' && issue.expected?.startsWith('"') === true) return 'missing';
  return 'shape';
}

function fieldOf(issue: v.BaseIssue<unknown>): string {
  return issue.path?.map((item) => String(item.key)).join('.') ?? '';
}

function misshaped(field: string | undefined, message: string): Problem {
  return { rule: 'shape', severity: 'error', message, ...defined({ field }) };
}
