/**
 * Holds every request to the carrier's REST API that this process makes from now on against Twilio's own OpenAPI document.
 * One that leaves it is not sent: `fetch` rejects, after `onFaults` was told what is wrong with it.
 */
export function holdRequests(onFaults: (faults: readonly string[]) => void): void {
  const send = globalThis.fetch;
  globalThis.fetch = async (input, options) => {
    const url = String(input instanceof Request ? input.url : input);
    if (!url.includes('/2010-04-01/')) return await send(input, options);
    const request = new Request(input, options);
    const form = new URLSearchParams(await request.clone().text());
    const { faultsOfRequest } = await import('./requests.ts');
    const faults = faultsOfRequest(request.method, url, form);
    if (faults.length === 0) return await send(input, options);
    onFaults(faults);
    throw new Error(faults.join('; '));
  };
}
