/** What an action gives; `undefined` if it throws. A browser that may keep nothing throws as soon as its storage is named. */
export function quietly<Result>(action: () => Result): Result | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
