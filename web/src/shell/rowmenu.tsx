import { MoreOutlined } from '@ant-design/icons';
import { Button, Dropdown, Modal } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { reasonOf } from '../api/refusal.ts';
import { toast } from './toast.ts';

/** What can be done to a row of a list, or to a card. */
export interface RowChoice {
  readonly key: string;
  readonly label: string;
  readonly icon?: ReactNode;
  /** What is lost with it; such a choice is asked about first. */
  readonly ask?: {
    readonly title: string;
    readonly text?: string;
    /** Whether it cannot be done now, as the text says. */
    readonly refused?: boolean;
  };
  /** Does it. Why it was refused is told in a toast. */
  readonly run: () => unknown;
}

/** The menu of what is done to a row more seldom. What deletes stands apart, and asks first. */
export function RowMenu({ name, choices }: { name: string; choices: readonly RowChoice[] }) {
  const { t } = useTranslation();
  const [modal, question] = Modal.useModal();
  if (choices.length === 0) return null;
  const run = async ({ run: act }: RowChoice) => {
    try {
      await act();
    } catch (error) {
      toast.error(reasonOf(error));
    }
  };
  const choose = (choice: RowChoice) => {
    const { ask, label } = choice;
    if (ask === undefined) return void run(choice);
    void modal.confirm({
      title: ask.title,
      content: ask.text,
      okText: label,
      okButtonProps: { danger: true, disabled: ask.refused === true },
      cancelText: t('flows.cancel'),
      onOk: () => run(choice),
    });
  };
  const items = choices.flatMap((choice, at) => {
    const { key, label, icon, ask } = choice;
    const item = { key, label, icon, danger: ask !== undefined, onClick: () => choose(choice) };
    return ask === undefined || at === 0 ? [item] : [{ type: 'divider' as const }, item];
  });
  return (
    <>
      <Dropdown trigger={['click']} menu={{ items }} placement="bottomRight">
        <Button type="text" icon={<MoreOutlined />} aria-label={t('flows.more', { name })} />
      </Dropdown>
      {question}
    </>
  );
}
