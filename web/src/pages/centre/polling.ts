/** How often a query asks again, in seconds; less often while the page is in the background. */
export function polling(seconds: number, hiddenSeconds = seconds * 8) {
  return {
    refetchInterval: () => (isHidden() ? hiddenSeconds : seconds) * 1000,
    refetchIntervalInBackground: true,
    refetchOnWindowFocus: true,
  } as const;
}

function isHidden(): boolean {
  const { document } = globalThis as { readonly document?: { readonly visibilityState?: string } };
  return document?.visibilityState === 'hidden';
}
