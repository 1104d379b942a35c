/** Call scripts: what callers do, and what they must hear. */
export const scripts = {
  title: 'Call scripts',
  ofFlow: 'Call scripts of the live flow {{flow}}, which enters this one',
  save: 'Save scripts',
  help: 'Each call is played against the canvas while you write. Scripts are saved with the draft, played before it is published, and frozen with the version.',
  example: '# A wrong key\n> arrived\n< gather 8s …\n> pressed 9\n< …\n= goes on',
  tally: 'Calls passed: {{passed}}, failed: {{failed}}',
  line: 'Line {{line}}',
  untaken: 'Modules whose exits no call takes: {{count}}',
  unvisited: '{{name}}: no call comes here',
  never: '{{name}}: no call takes {{exits}}',
  despite: 'Publish although scripts fail, because',
  despiteHelp: 'The reason stays in the version.',
} as const;
