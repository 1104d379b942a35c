/**
 * Goes on with a value, now or once it is there. A warm step waits for nothing, so it is answered without a promise, each of which
 * costs memory and a turn of the queue of promises. What `next` throws is thrown or rejected alike.
 */
export function whenThere<T, Result>(
  value: T | Promise<T>,
  next: (value: T) => Result | Promise<Result>,
): Result | Promise<Result> {
  return value instanceof Promise ? value.then(next) : next(value);
}
