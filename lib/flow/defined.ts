/** The properties of an object that are not `undefined`: `{ id, ...defined({ note }) }` has no `note` if there is none. */
export function defined<T extends object>(properties: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const found = Object.entries(properties).filter(([, value]) => value !== undefined);
  return Object.fromEntries(found) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
