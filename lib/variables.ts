/** The carrier's auth tokens themselves, or the SSM parameter that holds them, with commas between. */
export type TokenSource = readonly string[] | { readonly parameter: string };

/** Variables by their names, as the environment has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What is wrong with the environment, in one line that names the variable. */
export class Misconfigured extends Error {
  readonly code = 'misconfigured';

  constructor(line: string) {
    super(line);
    this.name = 'Misconfigured';
  }
}

/** The tokens in a text that has commas between them. Throws Misconfigured, with the name of the text, where one is empty. */
export function listTokens(text: string, name: string): string[] {
  const list = text.split(',').map((token) => token.trim());
  if (list.some((token) => token === ''))
    throw new Misconfigured(`${name} must be a token, or several with commas between.`);
  return list;
}

/** A variable that must be set, without spaces around it. Throws Misconfigured. */
export function needed(environment: Environment, name: string): string {
  const value = environment[name]?.trim();
  if (!value) throw new Misconfigured(`${name} is not set.`);
  return value;
}

/** A variable that must be a base URL; without a slash at its end. Throws Misconfigured. */
export function url(environment: Environment, name: string): string {
  const value = needed(environment, name);
  if (!/^https?:\/\//.test(value) || !URL.canParse(value) || /[?#]/.test(value)) {
    throw new Misconfigured(`${name} must be a URL such as https://phone.example.com, without a query.`);
  }
  return value.replace(/\/+$/, '');
}

/** Where the carrier's tokens are, from a variable that must be set. Throws Misconfigured. */
export function tokenSource(environment: Environment, name: string): TokenSource {
  const value = needed(environment, name);
  if (!value.startsWith('ssm:')) return listTokens(value, name);
  const parameter = value.slice('ssm:'.length);
  if (!/^\/[A-Za-z0-9_./-]+$/.test(parameter)) {
    throw new Misconfigured(`${name} must name its parameter as ssm:/branchline/dev/twilio-auth-token does.`);
  }
  return { parameter };
}

/**
 * What is wrong with the SID of an account at the carrier, to follow its name; `undefined` if it is one
 * (https://www.twilio.com/docs/glossary/what-is-a-sid).
 */
export function accountSidFault(text: string): string | undefined {
  if (/^AC[0-9a-fA-F]{32}$/.test(text)) return undefined;
  return 'must be AC and 32 hexadecimal digits, as the console of the carrier shows it.';
}

/** A variable that must be an account at the carrier. Throws Misconfigured. */
export function account(environment: Environment, name: string): string {
  const value = needed(environment, name);
  if (!/^[A-Za-z0-9-]{1,64}$/.test(value))
    throw new Misconfigured(`${name} must be an account such as AC and 32 digits.`);
  return value;
}

/**
 * A variable that names of queues begin with; `initial` if it is not set. A queue's name has 64 characters at most, and the
 * id of a skill group 40. Throws Misconfigured.
 */
export function prefix(environment: Environment, name: string, initial: string): string {
  const value = environment[name]?.trim() || initial;
  if (!/^[A-Za-z0-9-]{1,23}$/.test(value)) {
    throw new Misconfigured(`${name} must be up to 23 letters, digits and hyphens, such as ${initial}.`);
  }
  return value;
}

/** A variable that is a number of days; `initial` if it is not set. Throws Misconfigured. */
export function days(environment: Environment, name: string, initial: number): number {
  const value = environment[name]?.trim() || String(initial);
  if (!/^[1-9][0-9]{0,4}$/.test(value))
    throw new Misconfigured(`${name} must be a number of days such as ${initial}.`);
  return Number(value);
}

/** A variable that is a language tag; `initial` if it is not set. Throws Misconfigured. */
export function languageTag(environment: Environment, name: string, initial: string): string {
  const value = environment[name]?.trim() || initial;
  if (!/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}$/.test(value)) {
    throw new Misconfigured(`${name} must be a language tag such as en-US.`);
  }
  return value;
}
