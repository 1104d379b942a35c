/** An id for a flow of a name, as the API would make it: `Front desk` → `front-desk`; numbered where it is taken. */
export function suggestId(name: string, taken: ReadonlySet<string>, otherwise = 'flow'): string {
  const slug =
    name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .slice(0, 50)
      .replace(/^-|-$/g, '') || otherwise;
  for (let count = 1; ; count += 1) {
    const id = count === 1 ? slug : `${slug}-${count}`;
    if (!taken.has(id)) return id;
  }
}
