import {
  type ConversionConfig,
  type JsonSchema,
  toJsonSchema,
  toJsonSchemaDefs,
} from '@valibot/to-json-schema';
import * as v from 'valibot';
import { flowSchema, nodeUnion } from '../engine/schema.ts';
import { components } from './components.ts';
import { type Json, operation, problemAnswer, tagOf, unauthorized } from './operation.ts';
import { defineRoute, type Route } from './route.ts';
import { DraftSchema, FlowSchema } from './schemas.ts';

/** The call that returns the API's description, which includes the call itself. */
export function openapiRoute(routes: readonly Route[]): Route {
  let document: Json | undefined;
  const route: Route = defineRoute('GET /api/openapi.json', {
    id: 'readDescription',
    summary: 'This description',
    answer: { status: 200, about: 'OpenAPI 3.1', schema: v.looseObject({ openapi: v.string() }) },
    errors: [],
    async run() {
      document ??= openapi([...routes, route]);
      return { status: 200, body: document };
    },
  });
  return route;
}

/** The OpenAPI 3.1 document of calls. Its schemas are those that check the requests. */
export function openapi(routes: readonly Route[]): Json {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    const [method = '', path = ''] = route.key.split(' ');
    paths[path] = { ...paths[path], [method.toLowerCase()]: operation(route, schemaOf) };
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Branchline',
      version: '1',
      description: 'What admins do with flows, numbers, skill groups and agents, and what they see of calls.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    security: [{ token: [] }],
    tags: [...new Set(routes.map(tagOf))].map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
      responses: { Unauthorized: unauthorized, Internal: problemAnswer(['internal']) },
      schemas: { ...toJsonSchemaDefs(components, conversion), ...flowComponents() },
    },
  };
}

const conversion: ConversionConfig = {
  target: 'draft-2020-12',
  // Rules that a schema cannot express, such as "not blank", are reported by the answers.
  errorMode: 'ignore',
  definitions: components,
  overrideRef: ({ referenceId }) => `#/components/schemas/${referenceId}`,
};

function schemaOf(schema: v.GenericSchema, side: 'input' | 'output' = 'input'): Json {
  const { $schema: _, $defs: __, ...converted } = toJsonSchema(schema, { ...conversion, typeMode: side });
  return { ...converted };
}

/** The schema of flow files, and a looser one for drafts, which may lack fields and have unknown ones. */
function flowComponents(): Json {
  const {
    $schema: _,
    $defs,
    title: __,
    ...flow
  } = JSON.parse(
    JSON.stringify(flowSchema(nodeUnion())).replaceAll('"#/$defs/', '"#/components/schemas/'),
  ) as JsonSchema;
  const nodes = flow.properties?.nodes;
  const node = {
    type: 'object',
    properties: {
      type: { type: 'string' },
      exits: { type: 'object', additionalProperties: { type: 'string' } },
    },
    required: ['type'],
  };
  const { additionalProperties: ___, ...open } = flow;
  const draft = {
    ...open,
    description: v.getDescription(DraftSchema),
    properties: { ...flow.properties, nodes: { ...(nodes as object), additionalProperties: node } },
  };
  return { ...$defs, Flow: { ...flow, description: v.getDescription(FlowSchema) }, Draft: draft };
}
