import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import { RouterProvider } from 'react-router/dom';
import { openRouter } from './routes.tsx';
import { Gate } from './session/gate.tsx';
import { ErrorBoundary } from './shell/errorboundary.tsx';
import { Theme } from './shell/theme.tsx';
import { Waiting } from './shell/waiting.tsx';

const queries = new QueryClient({
  // A lost network is an answer to be shown, not a reason to wait in silence.
  defaultOptions: { queries: { retry: false, networkMode: 'always' }, mutations: { networkMode: 'always' } },
});

/** The whole console. */
export function App() {
  return (
    <ErrorBoundary>
      <Theme>
        <ErrorBoundary>
          <QueryClientProvider client={queries}>
            <Gate waiting={<Waiting />}>
              <Pages />
            </Gate>
          </QueryClientProvider>
        </ErrorBoundary>
      </Theme>
    </ErrorBoundary>
  );
}

/** The router reads the address when it is made: after a sign-in, that is where the user was before. */
function Pages() {
  const [router] = useState(openRouter);
  return <RouterProvider router={router} />;
}
