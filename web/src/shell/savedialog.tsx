import { useQueryClient } from '@tanstack/react-query';
import { Form, type FormInstance, Modal } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Refusal, reasonOf } from '../api/refusal.ts';
import { fieldFaults } from './fieldfaults.ts';
import { refusalFooter } from './refusalfooter.tsx';
import { toast } from './toast.ts';
import { useUnsavedForm } from './unsavedform.tsx';

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

/** How a form shows the first field that is refused. */
const intoView = { block: 'center', focus: true } as const;

/** A dialog that saves a form: it closes once that is done. If it was refused, the reason stands beside the button and at the fields. */
export function SaveDialog<Fields extends object>(props: SaveDialogProps<Fields>) {
  const { title, okText, width, form, initialValues, save, list, close, below, children } = props;
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | undefined>(undefined);
  const { touch, dialog, question } = useUnsavedForm(close);

  function refuse(error: unknown) {
    setFailure(reasonOf(error));
    const names = form.getFieldsError().map(({ name }) => name);
    const faults = fieldFaults(error instanceof Refusal ? error.problems : [], names);
    for (const { name, message, rest } of faults) {
      const said = rest === undefined ? message : t('shell.refused', { rest });
      form.setFields([{ name: [...name] as never, errors: [said] }]);
    }
    const [first] = faults;
    if (first !== undefined) form.scrollToField([...first.name] as never, intoView);
  }

  async function submit(fields: Fields) {
    setBusy(true);
    setFailure(undefined);
    try {
      const done = await save(fields);
      await queries.invalidateQueries({ queryKey: [list] });
      toast.success(done);
      close();
    } catch (error) {
      refuse(error);
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
      {...dialog}
      footer={refusalFooter(failure)}
      {...(width === undefined ? {} : { width })}
    >
      <Form
        form={form}
        layout="vertical"
        className="dialog-form"
        initialValues={initialValues}
        scrollToFirstError={intoView}
        onValuesChange={touch}
        onFinish={(fields) => void submit(fields)}
      >
        {children}
      </Form>
      {below}
      {question}
    </Modal>
  );
}
