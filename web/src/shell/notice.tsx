import { CloseCircleFilled, WarningFilled } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { Mark } from './mark.tsx';
import './notice.css';

interface NoticeProps {
  readonly status: 'error' | 'warning' | 'info';
  readonly title: string;
  readonly text: string;
  /** What can be done about it. */
  readonly extra: ReactNode;
  readonly children?: ReactNode;
}

const icons = { error: CloseCircleFilled, warning: WarningFilled };

/** A page that says why there is nothing else on it, and what can be done. */
export function Notice({ status, title, text, extra, children }: NoticeProps) {
  const Icon = status === 'info' ? undefined : icons[status];
  return (
    <section className="notice">
      {Icon === undefined ? <Mark /> : <Icon className={`notice-icon is-${status}`} aria-hidden />}
      <h1>{title}</h1>
      <p>{text}</p>
      <div>{extra}</div>
      {children}
    </section>
  );
}
