import { CloseCircleFilled, InfoCircleFilled, WarningFilled } from '@ant-design/icons';
import type { ReactNode } from 'react';
import './notice.css';

interface NoticeProps {
  readonly status: 'error' | 'warning' | 'info';
  readonly title: string;
  readonly text: string;
  /** What can be done about it. */
  readonly extra: ReactNode;
  readonly children?: ReactNode;
}

const icons = { error: CloseCircleFilled, warning: WarningFilled, info: InfoCircleFilled };

/** A page that says why there is nothing else on it, and what can be done. */
export function Notice({ status, title, text, extra, children }: NoticeProps) {
  const Icon = icons[status];
  return (
    <main className="notice">
      <Icon className={`notice-icon is-${status}`} />
      <h1>{title}</h1>
      <p>{text}</p>
      <div>{extra}</div>
      {children}
    </main>
  );
}
