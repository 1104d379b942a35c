import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from 'react-router/dom';
import { Crash } from './crash.tsx';
import { router } from './routes.tsx';
import { Theme } from './theme.tsx';

const queries = new QueryClient({ defaultOptions: { queries: { retry: 1, staleTime: 10_000 } } });

/** The whole console. */
export function App() {
  return (
    <Theme>
      <Crash>
        <QueryClientProvider client={queries}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </Crash>
    </Theme>
  );
}
