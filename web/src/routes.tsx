import { createBrowserRouter } from 'react-router';
import { PageLayout } from './pages/pagelayout.tsx';
import { RootRouteError, RouteError } from './shell/errorboundary.tsx';
import { Waiting } from './shell/waiting.tsx';

/** A page that broke leaves the frame, and with it the way to the others. */
function BrokenInFrame() {
  return (
    <PageLayout>
      <RouteError />
    </PageLayout>
  );
}

/** The pages of the console by their paths; each is loaded when it is first shown. */
export function openRouter() {
  return createBrowserRouter([
    {
      ErrorBoundary: RootRouteError,
      HydrateFallback: Waiting,
      children: [
        {
          Component: PageLayout,
          children: [
            {
              // A page that breaks leaves the frame, and with it the way to the others.
              ErrorBoundary: RouteError,
              children: [
                {
                  index: true,
                  lazy: async () => ({ Component: (await import('./pages/centre/start.tsx')).StartPage }),
                },
                {
                  path: 'flows',
                  lazy: async () => ({ Component: (await import('./pages/flows.tsx')).FlowsPage }),
                },
                {
                  path: 'numbers',
                  lazy: async () => ({ Component: (await import('./pages/numbers.tsx')).NumbersPage }),
                },
                {
                  path: 'schedules',
                  lazy: async () => ({ Component: (await import('./pages/schedules.tsx')).SchedulesPage }),
                },
                {
                  path: 'connections',
                  lazy: async () => ({
                    Component: (await import('./pages/connections.tsx')).ConnectionsPage,
                  }),
                },
                {
                  path: 'calls',
                  lazy: async () => ({ Component: (await import('./pages/calls.tsx')).CallsPage }),
                },
                {
                  path: 'phones',
                  lazy: async () => ({ Component: (await import('./pages/phones.tsx')).PhonesPage }),
                },
                {
                  path: 'audio',
                  lazy: async () => ({ Component: (await import('./pages/audio.tsx')).AudioPage }),
                },
                {
                  path: 'queues',
                  lazy: async () => ({ Component: (await import('./pages/centre/queues.tsx')).QueuesPage }),
                },
                {
                  path: 'groups',
                  lazy: async () => ({ Component: (await import('./pages/centre/groups.tsx')).GroupsPage }),
                },
                {
                  path: 'agents',
                  lazy: async () => ({ Component: (await import('./pages/centre/agents.tsx')).AgentsPage }),
                },
                {
                  path: 'voicemails',
                  lazy: async () => ({
                    Component: (await import('./pages/centre/voicemails.tsx')).VoicemailsPage,
                  }),
                },
                {
                  path: 'audit',
                  lazy: async () => ({ Component: (await import('./pages/centre/audit.tsx')).AuditPage }),
                },
                {
                  path: 'deleted',
                  lazy: async () => ({ Component: (await import('./pages/centre/deleted.tsx')).DeletedPage }),
                },
                {
                  path: 'flows/:id/traffic',
                  lazy: async () => ({ Component: (await import('./pages/centre/traffic.tsx')).TrafficPage }),
                },
                {
                  path: 'calls/:callSid',
                  lazy: async () => ({ Component: (await import('./pages/centre/path.tsx')).PathPage }),
                },
                {
                  path: 'desk',
                  lazy: async () => ({ Component: (await import('./pages/centre/desk.tsx')).DeskPage }),
                },
                {
                  path: 'desk/:staffNo/phone',
                  lazy: async () => ({ Component: (await import('./pages/centre/phone.tsx')).PhonePage }),
                },
                {
                  path: '*',
                  lazy: async () => ({ Component: (await import('./pages/notfound.tsx')).NotFound }),
                },
              ],
            },
          ],
        },
        {
          path: 'flows/:id',
          ErrorBoundary: BrokenInFrame,
          lazy: async () => ({ Component: (await import('./pages/editor.tsx')).EditorPage }),
        },
        {
          path: 'flows/:id/versions/:n',
          ErrorBoundary: BrokenInFrame,
          lazy: async () => ({ Component: (await import('./pages/version.tsx')).VersionPage }),
        },
      ],
    },
  ]);
}
