import { Button } from 'antd';
import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useRouteError } from 'react-router';
import { SignInFailure } from '../session/session.ts';
import { Notice } from './notice.tsx';

interface ErrorBoundaryProps {
  readonly children: ReactNode;
  /** What is shown in place of what broke; `again` draws that once more. Left out, a whole page is. */
  readonly instead?: (error: unknown, again: () => void) => ReactNode;
}

/** Shows what broke and a way out, in place of what was to be drawn. */
export class ErrorBoundary extends Component<
  ErrorBoundaryProps,
  { broken?: { readonly error: unknown } | undefined }
> {
  override state: { broken?: { readonly error: unknown } | undefined } = {};

  static getDerivedStateFromError(error: unknown) {
    return { broken: { error } };
  }

  readonly #again = () => this.setState({ broken: undefined });

  override render() {
    const { children, instead = (error: unknown) => <Alone error={error} /> } = this.props;
    const { broken } = this.state;
    return broken === undefined ? children : instead(broken.error, this.#again);
  }
}

/** The same for an error that the router caught. */
export function RouteError() {
  return <BrokenPage error={useRouteError()} />;
}

/** The same where nothing else of the console is shown. */
export function RootRouteError() {
  return <Alone error={useRouteError()} />;
}

function Alone({ error }: { error: unknown }) {
  return (
    <main className="alone">
      <header>
        <img src="/icon.svg" alt="" width={28} height={28} /> <b>Branchline</b>
      </header>
      <BrokenPage error={error} />
    </main>
  );
}

/** The words of an error, small: for those who are asked for help. */
export function ErrorDetails({ error }: { error: unknown }) {
  return <pre className="broken">{error instanceof Error ? error.message : String(error)}</pre>;
}

function BrokenPage({ error }: { error: unknown }) {
  const { t } = useTranslation();
  const reload = (
    <Button type="primary" onClick={() => window.location.reload()}>
      {t('shell.reload')}
    </Button>
  );
  if (error instanceof SignInFailure) {
    return <Notice status="warning" title={t('session.failed')} text={error.message} extra={reload} />;
  }
  return (
    <Notice status="error" title={t('shell.brokenTitle')} text={t('shell.brokenText')} extra={reload}>
      <ErrorDetails error={error} />
    </Notice>
  );
}
