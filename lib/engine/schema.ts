import {
  type ConversionConfig,
  type JsonSchema,
  toJsonSchema,
  toJsonSchemaDefs,
} from '@valibot/to-json-schema';
import * as v from 'valibot';
import { flowHead, mostNodes, NodeId } from '../flow/flow.ts';
import { mostNotes, Note } from '../flow/note.ts';
import { Position } from '../flow/position.ts';
import { PromptPart } from '../flow/prompt.ts';
import { nodeTypes } from '../nodes/index.ts';
import type { DefinedType } from '../nodes/node.ts';

/** The parts that the schema defines once and refers to. */
const shared = { PromptPart };

const conversion: ConversionConfig = {
  target: 'draft-2020-12',
  typeMode: 'input',
  ignoreActions: ['metadata'],
  overrideSchema({ valibotSchema, jsonSchema }) {
    // Free-form JSON: editors show a description for its fields, too.
    if (valibotSchema.type !== 'any') return undefined;
    const fields = { type: 'object', additionalProperties: { description: 'A field of one’s own' } } as const;
    return { ...jsonSchema, anyOf: [fields, { not: { type: 'object' } }] };
  },
  overrideAction({ valibotAction, jsonSchema }) {
    // `check` covers what a schema cannot express.
    return valibotAction.type === 'check' ? jsonSchema : undefined;
  },
};

/**
 * The flow document as JSON Schema 2020-12. `node` is the schema of a node: the default suits editors, `nodeUnion` suits type
 * generators. Both accept the same documents.
 */
export function flowSchema(node: JsonSchema = nodeChoice()): JsonSchema {
  const head = convert(v.strictObject(flowHead));
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'A flow of Branchline: the drawing of a phone menu',
    ...head,
    properties: {
      ...head.properties,
      nodes: {
        description: 'The modules of the flow by their ids',
        type: 'object',
        maxProperties: mostNodes,
        propertyNames: convert(NodeId),
        additionalProperties: node,
      },
      layout: {
        description: 'Where the canvas draws each node; it changes no call',
        type: 'object',
        additionalProperties: {
          ...convert(Position),
          description: 'Where the upper left corner of this node is: [x, y], in pixels at zoom 1',
        },
      },
      notes: {
        description: 'Sticky notes by their ids, which are apart from those of nodes; they change no call',
        type: 'object',
        maxProperties: mostNotes,
        propertyNames: convert(NodeId),
        additionalProperties: {
          ...convert(Note),
          description: 'A sticky note on the canvas; no call knows of it',
        },
      },
    },
    required: [...(head.required ?? []), 'nodes'],
    $defs: toJsonSchemaDefs(shared, conversion),
  };
}

/** A node as a union of closed objects, one for each type. */
export function nodeUnion(): JsonSchema {
  return { oneOf: nodeTypes.map(nodeSchema) };
}

/**
 * A node as editors complete and explain it best: the type first, then the settings of that type. With a union they offer the
 * settings of all types at once, and report one error for every type that does not match.
 */
function nodeChoice(): JsonSchema {
  const types: JsonSchema & { enumDescriptions: string[] } = {
    description: 'What the node does',
    enum: nodeTypes.map(({ type }) => type),
    enumDescriptions: nodeTypes.map(({ summary }) => summary),
  };
  return {
    description: 'A module of the flow: its type, its settings, and where its exits lead',
    type: 'object',
    properties: { type: types },
    required: ['type'],
    allOf: nodeTypes.map((each) => ({
      if: { properties: { type: { const: each.type } }, required: ['type'] },
      // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
      then: nodeSchema(each),
    })),
  };
}

/** A node type as JSON Schema: its settings, and its required exits. */
export function nodeSchema(type: DefinedType): JsonSchema {
  const schema = convert(type.schema);
  const exits = schema.properties?.exits;
  if (typeof exits !== 'object') return schema;
  exits.description = 'Where the call goes on: the id of a node for each exit';
  if (type.oneOf !== undefined) {
    Object.assign(exits, atLeastOneOf(type.oneOf, Object.keys(type.exits({ type: type.type }))));
  }
  if (type.derivesExits) Object.assign(exits, derivedExits(type));
  // A node without required exits may omit `exits`.
  const optional = type.oneOf === undefined && (exits.required ?? []).length === 0;
  const required = (schema.required ?? []).filter((name) => name !== 'exits' || !optional);
  return { ...schema, required };
}

/** The exits that all nodes of a type have. The exits that depend on settings are left to `check`. */
function derivedExits(type: DefinedType): object {
  const fixed = Object.entries(type.exits({ type: type.type }));
  const target = (about: string) => ({ ...convert(NodeId), description: about });
  return {
    properties: Object.fromEntries(fixed.map(([exit, { about }]) => [exit, target(about)])),
    required: fixed.filter(([, { required }]) => required).map(([exit]) => exit),
    additionalProperties: target('Where this exit, which follows from the settings, leads'),
  };
}

/** Requires at least one of the exits `enough`, with one error message: a list of alternatives would give one for each. */
function atLeastOneOf(enough: readonly string[], all: readonly string[]): object {
  const others = all.filter((exit) => !enough.includes(exit));
  // The message in VS Code; other programs ignore it.
  const errorMessage = `Connect at least one of ${enough.join(' ')}.`;
  return { allOf: [{ not: { propertyNames: { enum: others } }, errorMessage }] };
}

function convert(schema: v.GenericSchema): JsonSchema {
  const {
    $schema: _,
    $defs: __,
    ...converted
  } = toJsonSchema(schema, { ...conversion, definitions: shared });
  return converted;
}
