/**
 * The same function, of which only the newest call has a result: a call that a later one overtakes resolves with `undefined`,
 * whatever becomes of it.
 */
export function onlyNewest<Args extends readonly unknown[], Result>(
  load: (...args: Args) => Promise<Result>,
): (...args: Args) => Promise<Result | undefined> {
  let newest = 0;
  return async (...args) => {
    newest += 1;
    const own = newest;
    try {
      const result = await load(...args);
      return own === newest ? result : undefined;
    } catch (error) {
      if (own === newest) throw error;
      return undefined;
    }
  };
}
