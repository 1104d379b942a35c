import { Button, Result } from 'antd';
import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useRouteError } from 'react-router';

/** Shows what broke and a way out, in place of what was to be drawn. */
export class Crash extends Component<{ children: ReactNode }, { error?: unknown }> {
  override state: { error?: unknown } = {};

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render() {
    return 'error' in this.state ? <Broken error={this.state.error} /> : this.props.children;
  }
}

/** The same for an error that the router caught. */
export function RouteCrash() {
  return <Broken error={useRouteError()} />;
}

function Broken({ error }: { error: unknown }) {
  const { t } = useTranslation();
  return (
    <Result
      status="error"
      title={t('shell.brokenTitle')}
      subTitle={t('shell.brokenText')}
      extra={
        <Button type="primary" onClick={() => window.location.reload()}>
          {t('shell.reload')}
        </Button>
      }
    >
      <pre className="broken">{error instanceof Error ? error.message : String(error)}</pre>
    </Result>
  );
}
