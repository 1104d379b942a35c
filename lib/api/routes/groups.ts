import * as v from 'valibot';
import { deleteGroup, groupRevision, listGroups, putGroup, readGroup } from '../../admin/groups.ts';
import { count, pageOf, paging } from '../../admin/input.ts';
import { nameText } from '../../flow/name.ts';
import { type Group, groupNumbers } from '../../store/queue/groups.ts';
import { preconditionIn, preconditions, settingsTag, tagged } from '../etag.ts';
import { defineRoute } from '../route.ts';
import { GroupId, SkillGroupSchema } from '../schemas.ts';
import type { ApiReply } from '../serve.ts';

const path = { id: v.pipe(GroupId, v.description('The id of the skill group')) };

const settings = {
  name: nameText(100),
  ringSeconds: setting('ringSeconds', "How long an agent's phone rings"),
  wrapUpSeconds: setting('wrapUpSeconds', 'How long an agent has after a talk before the next ring'),
  maxQueue: setting('maxQueue', 'How many callers may wait'),
  confirm: v.exactOptional(
    v.pipe(
      v.boolean('must be true or false'),
      v.description(
        'Whether agents press 1 to take a call; if left out, only those whose endpoint is a phone number',
      ),
    ),
  ),
};

const example = { id: 'sales', name: 'Sales', ringSeconds: 20, wrapUpSeconds: 10, maxQueue: 100 };

/** The calls for skill groups. */
export const groupRoutes = [
  defineRoute('GET /api/skill-groups', {
    id: 'listSkillGroups',
    summary: 'The skill groups, by id',
    query: paging,
    answer: {
      status: 200,
      about: 'A page of skill groups',
      schema: pageOf(SkillGroupSchema),
      example: { items: [example] },
    },
    errors: [],
    run: async (admin, { query }) => ({ status: 200, body: await listGroups(admin, query) }),
  }),
  defineRoute('GET /api/skill-groups/{id}', {
    id: 'readSkillGroup',
    summary: 'A skill group',
    path,
    missing: 'group-missing',
    answer: {
      status: 200,
      about: 'The skill group',
      schema: SkillGroupSchema,
      example,
      headers: settingsTag,
    },
    errors: ['group-missing'],
    run: async (admin, { path: { id } }) => shown(await readGroup(admin, id)),
  }),
  defineRoute('PUT /api/skill-groups/{id}', {
    id: 'putSkillGroup',
    summary: 'Create a skill group, or replace all settings of one',
    path,
    headers: preconditions,
    body: { schema: v.strictObject(settings), example: { name: 'Sales', wrapUpSeconds: 10 } },
    answer: {
      status: 200,
      about: 'The stored skill group',
      schema: SkillGroupSchema,
      example,
      headers: settingsTag,
    },
    errors: ['settings-stale', 'settings-taken', 'group-raced'],
    run: async (admin, { path: { id }, headers, body }) =>
      shown(await putGroup(admin, { id, ...body }, preconditionIn(headers))),
  }),
  defineRoute('DELETE /api/skill-groups/{id}', {
    id: 'deleteSkillGroup',
    summary: 'Delete a skill group',
    about: 'Refused while a draft, or a version that callers may be in, uses it.',
    path,
    missing: 'group-missing',
    answer: { status: 204, about: 'It is deleted' },
    errors: ['group-missing', 'group-used', 'group-raced'],
    async run(admin, { path: { id } }) {
      await deleteGroup(admin, id);
      return { status: 204 };
    },
  }),
];

function shown(group: Group): ApiReply {
  return tagged(groupRevision(group), group);
}

function setting(name: keyof typeof groupNumbers, about: string) {
  const { min, max, default: initial } = groupNumbers[name];
  return v.exactOptional(v.pipe(count(min, max), v.description(about)), initial);
}
