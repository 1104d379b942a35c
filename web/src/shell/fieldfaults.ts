type Name = readonly (string | number)[];

/** What the API says of a part of what was sent: its path with dots, such as `holidays.0.until`, and an English sentence. */
interface Said {
  readonly field?: string;
  readonly message: string;
}

/** What is said of a field of a form. `rest` is the sentence without its subject, if it speaks of the very field. */
export interface FieldFault {
  readonly name: Name;
  readonly message: string;
  readonly rest?: string;
}

/** Finds the fields of a form that a refusal speaks of; what it says of others is left out. */
export function fieldFaults(problems: readonly Said[], names: readonly Name[]): FieldFault[] {
  return problems.flatMap(({ field = '', message }) => {
    const path = field.split('.');
    const [name] = names
      .filter((each) => each.every((part, place) => String(part) === path[place]))
      .sort((one, other) => other.length - one.length);
    if (name === undefined) return [];
    const subject = `\`${field}\` `;
    const isWhole = name.length === path.length && message.startsWith(subject);
    return [{ name, message, ...(isWhole ? { rest: message.slice(subject.length) } : {}) }];
  });
}
