import * as v from 'valibot';
import type { FlowNode } from '../flow/flow.ts';
import { isRecord } from '../flow/json.ts';
import { setVariable, type VariableValue } from '../flow/memory.ts';
import { valueFrom } from '../flow/text.ts';
import { defineNode, go, type Variable } from './node.ts';
import { filled, list, variable } from './settings.ts';

const entries = {
  variable: variable({ name: 'Variable', about: 'The name of the variable that is set', example: 'Tier' }),
  value: filled(
    {
      name: 'Value',
      about: 'What it is set to; `${Name}` in it is filled in, also with variables set above',
      example: 'gold',
    },
    { max: 1000 },
  ),
};

export const set = defineNode({
  type: 'set',
  name: 'Set variables',
  summary: 'Sets variables, which later texts and conditions can name.',
  face: { group: 'decisions', icon: 'edit', tone: '#b8569b' },
  settings: {
    values: list(
      {
        name: 'Variables',
        entry: 'Variable',
        about: 'The variables that are set, in order; later values may name earlier variables',
      },
      entries,
      v.strictObject(entries, 'must be { "variable": …, "value": … }'),
      { max: 20 },
    ),
  },
  exits: { next: { name: 'Next', about: 'Where the call goes on', required: true } },
  example: {
    values: [
      { variable: 'Tier', value: 'gold' },
      { variable: 'Greeting', value: 'You are a ${Tier} customer.' },
    ],
    exits: { next: 'menu' },
  },

  sets: ({ values }: FlowNode): Variable[] =>
    (Array.isArray(values) ? values : []).flatMap((each: unknown) =>
      isRecord(each) && typeof each.variable === 'string' ? [{ name: each.variable }] : [],
    ),

  enter(node, turn) {
    const assignments: VariableValue[] = [];
    let { variables } = turn;
    for (const { variable, value } of node.values) {
      const assignment = { variable, value: valueFrom(value, (name) => turn.value(name, variables)) };
      assignments.push(assignment);
      variables = setVariable(variables, assignment).variables;
    }
    return go('next', { set: assignments });
  },
});
