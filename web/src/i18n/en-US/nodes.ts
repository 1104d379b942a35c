/** Node types, their settings and exits. `example` stands in an empty field. */
export const nodes = {
  start: {
    name: 'Start',
    about: 'Where every call begins',
    settings: {},
    exits: { next: 'Next' },
  },
  play: {
    name: 'Play',
    about: 'Says or plays something, then goes on',
    settings: {
      prompt: {
        name: 'Prompt',
        help: 'What the caller hears.',
        example: 'Welcome, and thank you for calling.',
      },
      interruptible: {
        name: 'Can be interrupted',
        help: 'A key pressed while this plays counts at the branch that follows directly. Off: it is heard to its end.',
        example: '',
      },
      times: {
        name: 'Plays',
        help: 'How many times it is played in a row.',
        example: '',
      },
    },
    exits: { next: 'Next' },
  },
  branch: {
    name: 'Branch',
    about: 'Takes a key and goes where it leads',
    settings: {
      prompt: {
        name: 'Prompt',
        help: 'Tells the caller which keys to press. A key interrupts it.',
        example: 'To speak to an agent, press 1.',
      },
      timeoutPrompt: {
        name: 'Time-out prompt',
        help: 'What the caller hears when no key came in time.',
        example: 'We did not hear a key. Please call again.',
      },
      errorPrompt: {
        name: 'Error prompt',
        help: 'What the caller hears after a key that leads nowhere.',
        example: 'That key has no meaning here. Please try again.',
      },
      maxErrors: {
        name: 'Most wrong keys',
        help: 'At this wrong key the exit “Errors” is taken; if it is not connected, the call ends.',
        example: '',
      },
      timeoutSeconds: {
        name: 'Time-out',
        help: 'How long to wait for a key after the prompt.',
        example: '',
      },
      maxTimeouts: {
        name: 'Most time-outs',
        help: 'At this time-out the exit “Time-out” is taken; if it is not connected, the call ends.',
        example: '',
      },
      labels: {
        name: 'Keys',
        help: 'What each key stands for: 0–9, * and #. Only the drawing shows it; callers do not hear it.',
        example: 'Sales',
      },
    },
    exits: { timeout: 'Time-out', errors: 'Errors' },
  },
  transfer: {
    name: 'Transfer',
    about: 'Puts the caller through to an agent',
    settings: {
      skillGroup: {
        name: 'Skill group',
        help: 'The agents of this group are rung.',
        example: 'sales',
      },
      transferringPrompt: {
        name: 'Prompt while transferring',
        help: 'What the caller hears once, before waiting.',
        example: 'We are putting you through. Please hold.',
      },
      holdMusic: {
        name: 'Hold music',
        help: 'Repeated while the caller waits; 60 seconds at most.',
        example: '',
      },
      failPrompt: {
        name: 'Prompt when nobody is there',
        help: 'What the caller hears when no agent can be had.',
        example: 'Nobody is here right now. Please call again during office hours.',
      },
      connectedPrompt: {
        name: 'Prompt when connected',
        help: 'What the caller hears when an agent has answered. ${StaffNo} is the staff number.',
        example: 'You are speaking with agent ${StaffNo}.',
      },
      maxWaitSeconds: {
        name: 'Longest wait',
        help: 'After this time the caller hears that nobody is there.',
        example: '',
      },
    },
    exits: { next: 'Next', failed: 'Failed' },
  },
  end: {
    name: 'End',
    about: 'Says goodbye, if you like, and hangs up',
    settings: {
      prompt: {
        name: 'Prompt',
        help: 'What the caller hears last. Without it, a caller who would hear nothing hears a short goodbye of the system.',
        example: 'Thank you for calling. Goodbye.',
      },
    },
    exits: {},
  },
} as const;
