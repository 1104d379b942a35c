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

/** The parts that a schema names instead of saying them again. */
const shared = { PromptPart };

const conversion: ConversionConfig = {
  target: 'draft-2020-12',
  typeMode: 'input',
  ignoreActions: ['metadata'],
  overrideAction({ valibotAction, jsonSchema }) {
    // What a schema cannot say is left to `check`.
    return valibotAction.type === 'check' ? jsonSchema : undefined;
  },
};

/** The flow document as JSON Schema 2020-12, for editors and for the API's description. */
export function flowSchema(): JsonSchema {
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
        additionalProperties: { oneOf: nodeTypes.map(nodeSchema) },
      },
      layout: {
        description: 'Where the canvas draws each node; it changes no call',
        type: 'object',
        additionalProperties: convert(Position),
      },
      notes: {
        description: 'Sticky notes by their ids, which are apart from those of nodes; they change no call',
        type: 'object',
        maxProperties: mostNotes,
        propertyNames: convert(NodeId),
        additionalProperties: convert(Note),
      },
    },
    required: [...(head.required ?? []), 'nodes'],
    $defs: toJsonSchemaDefs(shared, conversion),
  };
}

/** One node type as JSON Schema: its settings, and the exits that must be connected. */
export function nodeSchema(type: DefinedType): JsonSchema {
  const schema = convert(type.schema);
  const exits = schema.properties?.exits;
  if (typeof exits !== 'object') return schema;
  if (type.oneOf !== undefined) exits.anyOf = type.oneOf.map((exit) => ({ required: [exit] }));
  // A node without any exit that must be connected need not write down that it has none.
  const optional = type.oneOf === undefined && (exits.required ?? []).length === 0;
  const required = (schema.required ?? []).filter((name) => name !== 'exits' || !optional);
  return { ...schema, required };
}

function convert(schema: v.GenericSchema): JsonSchema {
  const {
    $schema: _,
    $defs: __,
    ...converted
  } = toJsonSchema(schema, { ...conversion, definitions: shared });
  return converted;
}
