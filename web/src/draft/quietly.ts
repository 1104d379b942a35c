/** The result of an action; `undefined` if it throws. Browsers that block storage throw on any access to it. */
export function quietly<Result>(action: () => Result): Result | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
