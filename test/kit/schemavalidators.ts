import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

/** Returns the validator of a schema, given as a pointer within a document, such as `#/components/schemas/Draft`. */
export type Validators = (pointer: string) => ValidateFunction;

/** The documents that were compiled in this process, by their text: several test files ask for the same. */
const documents = new Map<string, Validators>();

/**
 * The validators of the schemas of a document. Each is compiled once: compiling one of the API takes several milliseconds,
 * and Ajv would compile a new `$ref` for every value.
 */
export function validatorsOf(document: object): Validators {
  const text = JSON.stringify(document);
  const known = documents.get(text);
  if (known !== undefined) return known;
  const ajv = new Ajv2020({ strict: false, validateFormats: false, code: { optimize: false } });
  ajv.addSchema(JSON.parse(text), 'api');
  const validators = new Map<string, ValidateFunction>();
  const described: Validators = (pointer) => {
    const found = validators.get(pointer) ?? ajv.compile({ $ref: `api${encodeURI(pointer)}` });
    validators.set(pointer, found);
    return found;
  };
  documents.set(text, described);
  return described;
}

/** The pointer to a value within a document, by the steps that lead there. */
export function pointerTo(...steps: readonly string[]): string {
  return `#/${steps.map((step) => step.replaceAll('~', '~0').replaceAll('/', '~1')).join('/')}`;
}
