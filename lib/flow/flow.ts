import * as v from 'valibot';
import { atMost } from './length.ts';
import { linesText, lineText, nameText } from './name.ts';
import type { Note } from './note.ts';
import { Language, Voice } from './prompt.ts';

/** The format of flow documents that this release reads and writes. */
export const flowFormat = 1;

/** The most nodes of a flow; Twilio Studio has the same limit. */
export const mostNodes = 2000;

/** The largest flow document: its JSON in bytes of UTF-8. */
export const largestFlowBytes = 1024 * 1024;

/** The longest name of a flow, in characters. */
export const longestFlowName = 100;

/** The longest descriptions of a node and of a flow, in characters. */
export const longestDescription = { node: 1000, flow: 5000 } as const;

/** The language of a flow that names none. */
export const defaultLanguage = 'en-US';

/** The shape of a flow's id. */
export const flowId = /^[a-z0-9][a-z0-9-]{0,62}$/;

/** The shape of a node's id. */
export const nodeId = /^[A-Za-z][A-Za-z0-9_-]{0,62}$/;

/** The id of a flow. */
export const FlowId = v.pipe(
  v.string('must be a text'),
  v.regex(flowId, 'must be 1 to 63 small letters, digits and hyphens, and begin with a letter or digit'),
);

/** The id of a node, unique in its flow. */
export const NodeId = v.pipe(
  v.string('must be the id of a node'),
  v.regex(nodeId, 'must be 1 to 63 letters, digits, "_" and "-", and begin with a letter'),
);

/** Whether a text has the shape of a flow's id. */
export function isFlowId(text: string): boolean {
  return flowId.test(text);
}

/** Whether a text has the shape of a node's id. */
export function isNodeId(text: string): boolean {
  return nodeId.test(text);
}

/** A node of a flow: its type, its settings, and the target node of each exit. */
export interface FlowNode {
  readonly type: string;
  readonly label?: string;
  readonly description?: string;
  readonly exits?: Readonly<Record<string, string>>;
  readonly [setting: string]: unknown;
}

/** A phone menu as one document: the same in a file, in the API and in the table. */
export interface Flow {
  readonly $schema?: string;
  readonly schema: typeof flowFormat;
  readonly id: string;
  readonly name: string;
  readonly language?: string;
  readonly voice?: string;
  readonly description?: string;
  readonly nodes: Readonly<Record<string, FlowNode>>;
  readonly layout?: Readonly<Record<string, readonly [x: number, y: number]>>;
  readonly notes?: Readonly<Record<string, Note>>;
  readonly waive?: readonly Waiver[];
}

/** A warning that the flow's author accepts, at one node or anywhere in the flow, with the reason. */
export interface Waiver {
  readonly rule: string;
  readonly node?: string | undefined;
  readonly because: string;
}

/** The fields that nodes of every type have. */
export const nodeHead = {
  label: v.optional(v.pipe(lineText(100), v.description('What the canvas shows'))),
  description: description(
    longestDescription.node,
    'What people should know of it, in Markdown; callers never hear it',
  ),
} as const;

/**
 * The fields of a flow besides `nodes`, `layout` and `notes`. Those three are records with any keys and are checked by hand: the
 * schema library drops keys such as `constructor`, which are valid ids.
 */
export const flowHead = {
  $schema: v.optional(
    v.pipe(v.string('must be a text'), atMost(1000), v.description('Where editors find the schema')),
  ),
  schema: v.pipe(
    v.number(`must be ${flowFormat}`),
    v.value(flowFormat, `must be ${flowFormat}, the only format this release knows`),
    v.description('The format of this document'),
  ),
  id: v.pipe(FlowId, v.description('Names the flow for good')),
  name: v.pipe(nameText(longestFlowName), v.description('What people call the flow')),
  language: v.optional(v.pipe(Language, v.description('Language of its texts (BCP 47)')), defaultLanguage),
  voice: v.optional(v.pipe(Voice, v.description("A carrier's voice; without it the language's own"))),
  waive: v.optional(
    v.pipe(
      v.array(
        v.strictObject(
          {
            rule: v.pipe(
              v.string('must be the id of a rule'),
              v.regex(/^[a-z][a-z0-9-]{0,63}$/, 'must be the id of a rule, such as "human-far"'),
              v.description('The rule of the warning'),
            ),
            node: v.optional(v.pipe(NodeId, v.description('The node that it is about; any if left out'))),
            because: v.pipe(nameText(300), v.description('Why it is as it shall be')),
          },
          'must be { "rule": …, "node": …, "because": … }',
        ),
        'must be a list of { "rule": …, "node": …, "because": … }',
      ),
      v.maxLength(100, 'has more than 100 entries'),
      v.description('Warnings that are as they shall be, each with its reason; errors cannot be waived'),
    ),
  ),
  description: description(longestDescription.flow, 'What the flow is for, in Markdown: its README'),
} as const;

/** A node of the flow by its id; `undefined` if there is none. Ids such as `constructor` are safe. */
export function nodeOf(flow: Flow, id: string): FlowNode | undefined {
  return Object.hasOwn(flow.nodes, id) ? flow.nodes[id] : undefined;
}

/** A note of the flow by its id; `undefined` if there is none. Notes and nodes may have equal ids. */
export function noteOf(flow: Flow, id: string): Note | undefined {
  return flow.notes !== undefined && Object.hasOwn(flow.notes, id) ? flow.notes[id] : undefined;
}

/** The value of a node's setting in the document; `undefined` if it is not set. */
export function settingOf(node: FlowNode, setting: string): unknown {
  return Object.hasOwn(node, setting) ? node[setting] : undefined;
}

/** The id of the node that an exit leads to; `undefined` if the exit is not connected. */
export function targetOf(node: FlowNode, exit: string): string | undefined {
  return node.exits !== undefined && Object.hasOwn(node.exits, exit) ? node.exits[exit] : undefined;
}

function description(longest: number, about: string) {
  return v.optional(v.pipe(linesText(longest), v.description(about)));
}
