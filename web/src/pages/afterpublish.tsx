import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../session/context.ts';
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
  const [binding, setBinding] = useState(false);
  const [first] = numbers;
  return (
    <>
      {first === undefined ? null : (
        <Button href={`tel:${first}`}>{t('saving.call', { number: first })}</Button>
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
