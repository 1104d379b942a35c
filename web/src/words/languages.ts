/** The name of a language in a language of the console, with its tag: `中文（中国） zh-CN`. */
export function languageName(tag: string, shownIn: string): string {
  try {
    const name = new Intl.DisplayNames([shownIn], { type: 'language' }).of(tag);
    return name === undefined || name === tag ? tag : `${name} ${tag}`;
  } catch {
    return tag;
  }
}
