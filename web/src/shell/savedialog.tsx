import { skipToken, useQuery, useQueryClient } from '@tanstack/react-query';
import { Form, type FormInstance, Modal } from 'antd';
import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Refusal, reasonOf } from '../api/refusal.ts';
import type { Replaces, Tagged } from '../api/tagged.ts';
import { fieldFaults } from './fieldfaults.ts';
import { refusalFooter } from './refusalfooter.tsx';
import { toast } from './toast.ts';
import { useUnsavedForm } from './unsavedform.tsx';

interface SaveDialogProps<Item, Fields> {
  readonly title: string;
  readonly okText: string;
  readonly width?: number;
  readonly form: FormInstance<Fields>;
  /** Reads what is changed; left out if something new is made. */
  readonly read?: (() => Promise<Tagged<Item>>) | undefined;
  /** What the form is filled with at first. */
  readonly fieldsOf: (item: Item | undefined) => object;
  /** Saves what was filled in, and resolves with what the user is told then. */
  readonly save: (fields: Fields, replaces: Replaces) => Promise<string>;
  /** The list that is read again after a save, by its query key. */
  readonly list: string;
  readonly close: () => void;
  /** What stands below the form. */
  readonly below?: ReactNode;
  readonly children: ReactNode;
}

/** How a form shows the first field that is refused. */
const intoView = { block: 'center', focus: true } as const;

/**
 * A dialog that saves a form: it closes once that is done. If it was refused, the reason stands beside the button and at the fields. What is
 * changed is read when the dialog opens. If somebody else has saved it since, nothing is saved until the user replaces that.
 */
export function SaveDialog<Item, Fields extends object>(props: SaveDialogProps<Item, Fields>) {
  const { title, okText, width, form, read, fieldsOf, save, list, close, below, children } = props;
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | undefined>(undefined);
  const [isStale, setStale] = useState(false);
  const { touch, dialog, question } = useUnsavedForm(close);
  const stored = useQuery({
    queryKey: ['stored', list, useId()],
    queryFn: read ?? skipToken,
    ...{ gcTime: 0, staleTime: Number.POSITIVE_INFINITY },
  });

  const isUnread = read !== undefined && stored.data === undefined;

  function refuse(error: unknown) {
    setFailure(reasonOf(error));
    setStale(error instanceof Refusal && error.code === 'settings-stale');
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
      const done = await save(fields, replacesOf(stored.data, isStale));
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
      okText={isStale ? t('saving.replace') : okText}
      okButtonProps={{ danger: isStale, disabled: isUnread }}
      loading={stored.isLoading}
      cancelText={t('flows.cancel')}
      confirmLoading={busy}
      onOk={() => form.submit()}
      {...dialog}
      footer={refusalFooter(failure ?? (stored.isError ? reasonOf(stored.error) : undefined))}
      {...(width === undefined ? {} : { width })}
    >
      {isUnread ? null : (
        <Form
          form={form}
          layout="vertical"
          className="dialog-form"
          initialValues={fieldsOf(stored.data?.data)}
          scrollToFirstError={intoView}
          onValuesChange={touch}
          onFinish={(fields) => void submit(fields)}
        >
          {children}
        </Form>
      )}
      {below}
      {question}
    </Modal>
  );
}

/** What a save may replace: nothing if something new is made, what was read, or anything once the user knows that it is newer. */
function replacesOf(stored: Tagged<unknown> | undefined, isStale: boolean): Replaces {
  if (isStale) return {};
  return stored === undefined ? { 'If-None-Match': '*' } : { 'If-Match': stored.etag };
}
