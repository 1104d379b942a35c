/** What stands between the names of a list in a language of the console. */
export function separator(language: string): string {
  return language.startsWith('zh') ? '、' : ', ';
}

/** Names in a row, as a language of the console separates them. */
export function listed(names: readonly string[], language: string): string {
  return names.join(separator(language));
}
