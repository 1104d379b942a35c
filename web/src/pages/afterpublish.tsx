import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useMay, useSigned } from '../session/context.ts';
import { BindDialog } from './bind.tsx';

interface AfterPublishProps {
  readonly flow: string;
  readonly numbers: readonly string[];
  /** Reads the numbers again. */
  readonly renew: () => void;
}

/** What comes after a publish: calling a number of the flow, or binding one to it. */
export function AfterPublish({ flow, numbers, renew }: AfterPublishProps) {
  const { t } = useTranslation();
  const may = useMay();
  const navigate = useNavigate();
  const { phones } = useSigned().session;
  const [binding, setBinding] = useState(false);
  const [first] = numbers;
  return (
    <>
      {first === undefined ? null : (
        <Button
          {...(phones === undefined
            ? { href: `tel:${first}` }
            : { onClick: () => void navigate(`/phones?to=${encodeURIComponent(first)}`) })}
        >
          {t('saving.call', { number: first })}
        </Button>
      )}
      {first === undefined && may('PUT /api/numbers/{e164}') ? (
        <Button type="primary" onClick={() => setBinding(true)}>
          {t('numbers.bind')}
        </Button>
      ) : null}
      {binding ? (
        <BindDialog
          flow={flow}
          close={() => {
            setBinding(false);
            renew();
          }}
        />
      ) : null}
    </>
  );
}
