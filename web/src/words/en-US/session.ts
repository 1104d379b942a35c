/** Signing in and out. */
export const session = {
  failed: 'You cannot sign in',
  unreachable: 'The server cannot be reached: check that it runs, then reload the page.',
  noStorage:
    'This browser does not let the console store anything. Allow cookies and site data for this address, then reload the page.',
  ranOut: 'You have to sign in again first.',
  ranOutTitle: 'Your session has run out',
  ranOutText:
    'Sign in again, in a window of its own. This page stays as it is, with all that you have not saved.',
  again: 'Sign in again',
  later: 'Later',
  signOut: 'Sign out',
  noRoles: 'No role',
  roles: { admin: 'Admin', editor: 'Editor', reviewer: 'Reviewer', agent: 'Agent', viewer: 'Viewer' },
} as const;
