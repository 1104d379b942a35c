interface Handlers {
  voice: typeof import('../../functions/voice.ts').handler;
  journal: typeof import('../../functions/journal.ts').handler;
  media: typeof import('../../functions/media.ts').handler;
  admin: typeof import('../../functions/admin.ts').handler;
}

let copies = 0;

/**
 * Loads a function with the environment as it is now, and answers its handler. Functions read their environment once, when
 * they are loaded. The modules that they import keep nothing of it, so they are not loaded again.
 */
export async function loadFunction<Name extends keyof Handlers>(name: Name): Promise<Handlers[Name]> {
  copies += 1;
  // The query makes it another module.
  const { handler } = await import(
    new URL(`../../functions/${name}.ts?copy=${copies}`, import.meta.url).href
  );
  return handler;
}
