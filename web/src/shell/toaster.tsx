import {
  CheckCircleFilled,
  CloseCircleFilled,
  CloseOutlined,
  InfoCircleFilled,
  WarningFilled,
} from '@ant-design/icons';
import { useEffect, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { type Toast, toast } from './toast.ts';
import './toast.css';

const icons = {
  success: CheckCircleFilled,
  info: InfoCircleFilled,
  warning: WarningFilled,
  error: CloseCircleFilled,
};

/** The toasts of the console, at the bottom in the middle. A click goes through them to what is behind. */
export function Toaster() {
  const shown = useSyncExternalStore(toast.subscribe, toast.shown);
  return (
    <div className="toasts" aria-live="polite">
      {shown.map((each) => (
        <Piece key={each.id} toasted={each} />
      ))}
    </div>
  );
}

function Piece({ toasted: { id, tone, text, detail, seconds, silent } }: { toasted: Toast }) {
  const { t } = useTranslation();
  useEffect(() => {
    const timer = setTimeout(() => toast.close(id), seconds * 1000);
    return () => clearTimeout(timer);
  }, [id, seconds]);
  const Icon = icons[tone];
  return (
    <div
      className={`toast is-${tone}`}
      {...(silent ? { 'aria-live': 'off' } : tone === 'error' ? { role: 'alert' } : {})}
    >
      <Icon aria-hidden />
      <div>
        <span className="toast-text">{text}</span>
        {detail}
      </div>
      <button type="button" aria-label={t('shell.close')} onClick={() => toast.close(id)}>
        <CloseOutlined aria-hidden />
      </button>
    </div>
  );
}
