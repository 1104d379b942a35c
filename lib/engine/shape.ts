import * as v from 'valibot';
import { flowHead, isNodeId } from '../flow/flow.ts';
import { Note } from '../flow/note.ts';
import { Position } from '../flow/position.ts';
import type { Problem } from '../flow/problem.ts';
import { nodeType, nodeTypes } from '../nodes/index.ts';
import type { DefinedType } from '../nodes/node.ts';

const Head = v.strictObject({
  ...flowHead,
  nodes: v.optional(v.unknown()),
  layout: v.optional(v.unknown()),
  notes: v.optional(v.unknown()),
});

/** What is wrong with the document by itself: its fields, its nodes' settings and exits, one by one. */
export function checkShape(document: unknown): Problem[] {
  if (!isRecord(document)) return [misshaped(undefined, 'A flow is a JSON object: { "schema": 1, … }.')];
  const problems = checkHead(document);
  if (isRecord(document.nodes)) {
    for (const [id, node] of Object.entries(document.nodes)) problems.push(...checkNode(id, node));
  } else {
    problems.push(misshaped('nodes', '`nodes` must be an object: { "start": { "type": "start", … } }.'));
  }
  problems.push(...checkLayout(document.layout), ...checkNotes(document.notes));
  return problems;
}

function checkHead(document: Record<string, unknown>): Problem[] {
  const issues = v.safeParse(Head, document).issues ?? [];
  return issues.map((issue) => headProblem(issue, fieldOf(issue), 'flow'));
}

function headProblem(issue: v.BaseIssue<unknown>, field: string, what: 'flow' | 'note'): Problem {
  const kind = kindOf(issue);
  if (kind === 'unknown') {
    const message = `\`${field}\` is no field of a ${what}: remove it, or look for a slip of the pen.`;
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
    return issue === undefined ? [] : [misshaped(field, `\`${field}\` must be two numbers: [x, y].`)];
  });
}

function checkNotes(notes: unknown): Problem[] {
  if (notes === undefined) return [];
  if (!isRecord(notes)) {
    return [misshaped('notes', '`notes` must be an object: { "note": { "at": [0, 0], "text": "…" } }.')];
  }
  return Object.entries(notes).flatMap(([id, note]): Problem[] => {
    if (!isNodeId(id)) return [misshaped('notes', `\`${id.slice(0, 80)}\` is no id for a note: ${idRule}.`)];
    const issues = v.safeParse(Note, note).issues ?? [];
    return issues.map((issue) =>
      headProblem(issue, ['notes', id, fieldOf(issue)].filter(Boolean).join('.'), 'note'),
    );
  });
}

const idRule = 'use 1 to 63 letters, digits, "_" and "-", beginning with a letter';

function checkNode(id: string, node: unknown): Problem[] {
  if (!isNodeId(id)) {
    return [misshaped('nodes', `\`${id.slice(0, 80)}\` is no id for a node: ${idRule}.`)];
  }
  if (!isRecord(node) || typeof node.type !== 'string') {
    return [{ ...misshaped('type', 'A node is an object with a `type`: { "type": "play", … }.'), node: id }];
  }
  const type = nodeType(node.type);
  if (type === undefined) {
    const known = nodeTypes.map((each) => each.type).join(', ');
    const message = `\`${node.type.slice(0, 80)}\` is no node type of this release: use one of ${known}.`;
    return [{ rule: 'unknown-type', severity: 'error', node: id, field: 'type', message }];
  }
  const exits = node.exits ?? {};
  if (!isRecord(exits)) {
    return [{ ...misshaped('exits', '`exits` must be an object: { "next": "end" }.'), node: id }];
  }
  return [...checkSettings(id, { ...node, exits }, type), ...checkOneOf(id, exits, type)];
}

function checkOneOf(id: string, exits: Record<string, unknown>, { type, oneOf }: DefinedType): Problem[] {
  if (oneOf === undefined || oneOf.some((exit) => Object.hasOwn(exits, exit))) return [];
  const message = `No key of this ${type} leads anywhere: connect one of ${oneOf.join(' ')}.`;
  return [{ rule: 'unconnected-exit', severity: 'error', node: id, field: 'exits', message }];
}

function checkSettings(id: string, node: Record<string, unknown>, type: DefinedType): Problem[] {
  const issues = v.safeParse(type.schema, node).issues ?? [];
  return issues.flatMap((issue): Problem[] => {
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
      const known = Object.keys(type.settings).join(', ') || 'none';
      const message = `\`${field}\` is no setting of \`${type.type}\`: its settings are ${known}.`;
      return [{ ...at, rule: 'unknown-setting', message }];
    }
    if (exit !== undefined && kind === 'missing') {
      const message = `The exit \`${exit}\` leads nowhere: connect it to a node.`;
      return [{ ...at, rule: 'unconnected-exit', message }];
    }
    if (exit !== undefined && kind === 'unknown') {
      const known = Object.keys(type.exits).join(' ') || 'none';
      const message = `\`${exit}\` is no exit of a ${type.type}: its exits are ${known}.`;
      return [{ ...at, rule: 'unknown-exit', message }];
    }
    // An exit that leads to an id that no node could have is told of with the exits that lead to no node.
    if (exit !== undefined && kind === 'value') return [];
    if (kind === 'value') return [{ ...at, rule: 'bad-value', message: `\`${field}\` ${issue.message}.` }];
    return [{ ...misshaped(field, `\`${field}\` ${issue.message}.`), node: id }];
  });
}

type Kind = 'missing' | 'unknown' | 'shape' | 'value';

/** The schema library tells a missing or an unknown key of a strict object by what it had expected there. */
function kindOf(issue: v.BaseIssue<unknown>): Kind {
  if (issue.kind === 'validation') return 'value';
  if (issue.type === 'strict_object' && issue.expected === 'never') return 'unknown';
  if (issue.type === 'strict_object' && issue.expected?.startsWith('"') === true) return 'missing';
  return 'shape';
}

function fieldOf(issue: v.BaseIssue<unknown>): string {
  return issue.path?.map((item) => String(item.key)).join('.') ?? '';
}

function misshaped(field: string | undefined, message: string): Problem {
  return { rule: 'shape', severity: 'error', message, ...(field === undefined ? {} : { field }) };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
