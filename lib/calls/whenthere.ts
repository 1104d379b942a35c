/**
 * Calls `next` with a value: at once, or when its promise resolves. A warm step awaits nothing, so it is answered without promises, each
 * of which costs memory and a microtask. An error of `next` is thrown or rejected, respectively.
 */
export function whenThere<T, Result>(
  value: T | Promise<T>,
  next: (value: T) => Result | Promise<Result>,
): Result | Promise<Result> {
  return value instanceof Promise ? value.then(next) : next(value);
}
