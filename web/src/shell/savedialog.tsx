import { useQueryClient } from '@tanstack/react-query';
import { Alert, Form, type FormInstance, Modal } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { reasonOf } from '../api/refusal.ts';
import { toast } from './toast.ts';

interface SaveDialogProps<Fields> {
  readonly title: string;
  readonly okText: string;
  readonly width?: number;
  readonly form: FormInstance<Fields>;
  readonly initialValues: object;
  /** Saves what was filled in, and resolves with what the user is told then. */
  readonly save: (fields: Fields) => Promise<string>;
  /** The list that is read again after a save, by its query key. */
  readonly list: string;
  readonly close: () => void;
  /** What stands below the form. */
  readonly below?: ReactNode;
  readonly children: ReactNode;
}

/** A dialog that saves a form: it closes once that is done, and shows the reason if it was refused. */
export function SaveDialog<Fields extends object>(props: SaveDialogProps<Fields>) {
  const { title, okText, width, form, initialValues, save, list, close, below, children } = props;
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | undefined>(undefined);

  async function submit(fields: Fields) {
    setBusy(true);
    setFailure(undefined);
    try {
      const done = await save(fields);
      await queries.invalidateQueries({ queryKey: [list] });
      toast.success(done);
      close();
    } catch (error) {
      setFailure(reasonOf(error));
    } finally {
      setBusy(false);
    }
  }

  return (
    <Modal
      open
      title={title}
      okText={okText}
      cancelText={t('flows.cancel')}
      confirmLoading={busy}
      onOk={() => form.submit()}
      onCancel={close}
      {...(width === undefined ? {} : { width })}
    >
      {failure === undefined ? null : <Alert type="error" showIcon title={failure} />}
      <Form
        form={form}
        layout="vertical"
        className="dialog-form"
        initialValues={initialValues}
        onFinish={(fields) => void submit(fields)}
      >
        {children}
      </Form>
      {below}
    </Modal>
  );
}
