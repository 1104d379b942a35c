import { useQuery } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense, useMemo } from 'react';
import { openApi } from '../api/client.ts';
import { ErrorBoundary } from '../shell/errorboundary.tsx';
import { SignedContext } from './context.ts';
import { openSession } from './session.ts';

// A dialog is large: it comes once the page is there.
const RanOut = lazy(async () => ({ default: (await import('./sessionexpired.tsx')).SessionExpired }));

interface GateProps {
  /** What is shown until it is known who is signed in. */
  readonly waiting: ReactNode;
  readonly children: ReactNode;
}

/** Shows what stands inside to those who are signed in; others go and sign in first. */
export function Gate({ waiting, children }: GateProps) {
  // A suspended page would be shown a third of a second later than it could be.
  const { data: session } = useQuery({
    queryKey: ['session'],
    queryFn: openSession,
    staleTime: Number.POSITIVE_INFINITY,
    throwOnError: true,
  });
  const signed = useMemo(
    () => (session === undefined ? undefined : { session, api: openApi(session) }),
    [session],
  );
  if (signed === undefined) return waiting;
  return (
    <SignedContext value={signed}>
      {children}
      {/* The page stays if this dialog cannot be loaded: what is refused then says so itself. */}
      <ErrorBoundary instead={() => null}>
        <Suspense>
          <RanOut session={signed.session} />
        </Suspense>
      </ErrorBoundary>
    </SignedContext>
  );
}
