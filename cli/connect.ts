import { connectNumber, type Webhooks, webhooksUnder } from './numbers.ts';
import { accountOf, publicUrlOf } from './stage.ts';

/** The result for a number at the carrier: as text, and as JSON. */
export interface Connected {
  readonly text: string;
  readonly json: { readonly number: string; readonly now: Webhooks; readonly before: Webhooks };
}

/** Points a number of the carrier's at webhooks. Throws `carrier-number-missing`, `carrier-number-unfit` and `carrier-refused`. */
export type Connect = (number: string) => Promise<Connected>;

/**
 * Returns a function that points numbers at the webhooks of a deployed stage, or of the public URL in the environment. Throws NoTarget
 * if address or credentials are missing.
 */
export async function connector(stage: string | undefined): Promise<Connect> {
  const now = webhooksUnder(await publicUrlOf(stage));
  const account = await accountOf(stage);
  return async (number) => {
    const { voiceUrl, fallbackUrl, statusUrl, receives } = await connectNumber(account, number, now);
    const was = receives === 'fax' ? 'it received faxes for' : 'before';
    const others = [
      ['fallback', fallbackUrl],
      ['status', statusUrl],
    ].flatMap(([name, url]) => (url === '' ? [] : [`, ${name} ${url}`]));
    return {
      text: `${number} calls ${now.voiceUrl} at the carrier, ${was} ${voiceUrl || 'nothing'}${others.join('')}.`,
      json: { number, now, before: { voiceUrl, fallbackUrl, statusUrl } },
    };
  };
}
