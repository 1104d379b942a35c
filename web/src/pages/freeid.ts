/** Reads the ids that are taken: as the server tells them, or told less than 5 s ago. Rejects if they cannot be read. */
export type TakenIds = () => Promise<ReadonlySet<string>>;

/** The rule of a field for an id that nothing has yet. It waits for the list, and refuses with the reason if that cannot be read. */
export function freeAmong(taken: TakenIds, refusal: string) {
  return async (_: unknown, id = ''): Promise<void> => {
    if ((await taken()).has(id)) throw new Error(refusal);
  };
}
