/** How often a query asks again, in seconds; less often while the page is in the background. */
export function polling(seconds: number, hiddenSeconds = seconds * 8) {
  return {
    refetchInterval: () => (document.visibilityState === 'hidden' ? hiddenSeconds : seconds) * 1000,
    refetchIntervalInBackground: true,
    refetchOnWindowFocus: true,
  } as const;
}
