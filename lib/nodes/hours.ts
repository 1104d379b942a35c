import { ask, defineNode, go } from './node.ts';
import { scheduleReference } from './settings.ts';

export const hours = defineNode({
  type: 'hours',
  name: 'Opening hours',
  summary: 'Looks up whether a schedule is open now, and takes the exit for it.',
  face: { group: 'decisions', icon: 'clock', tone: '#c2753a' },
  settings: {
    schedule: scheduleReference({
      name: 'Schedule',
      about: 'The schedule to look up, in its own time zone; it counts as open if it cannot be read',
      example: 'office',
    }),
  },
  exits: {
    open: { name: 'Open', about: 'It is open now', required: true },
    closed: { name: 'Closed', about: 'It is closed now', required: true },
    holiday: { name: 'Holiday', about: 'It is a holiday; without it, `closed` is taken', required: false },
  },
  example: { schedule: 'office', exits: { open: 'menu', closed: 'closed', holiday: 'holidays' } },

  enter(node, turn) {
    const question = { ask: 'schedule', schedule: node.schedule } as const;
    const answer = turn.answer(question);
    if (answer === undefined) return ask(question);
    const { state, assumed } = answer;
    const exit = state === 'holiday' && !turn.connected('holiday') ? 'closed' : state;
    return go(exit, assumed === true ? { assumed } : {});
  },
});
