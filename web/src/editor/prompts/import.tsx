import { UploadOutlined } from '@ant-design/icons';
import { Button, Modal, Upload } from 'antd';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type CsvFault, promptColumns, readPrompts } from '../../document/promptscsv.ts';
import { decodeFile, maxReadLength } from '../../document/reading.ts';
import { toast } from '../../shell/toast.ts';
import { useDocumentStore } from '../documentstore.ts';
import { keysText } from '../keys.ts';

/** How many faults of a file are listed. */
const most = 100;

/** Takes prompts from a CSV file as one step, or says all that is wrong with the file and takes nothing. */
export function PromptImport() {
  const { t } = useTranslation();
  const store = useDocumentStore();
  const [refused, setRefused] = useState<readonly string[] | undefined>(undefined);
  const take = async (file: File) => {
    const text = await textOf(t, file);
    if ('fault' in text) return setRefused([text.fault]);
    store.endStep();
    const read = readPrompts(store.flow, text.text);
    if ('faults' in read) return setRefused(read.faults.map((fault) => faultText(t, fault)));
    store.apply(read.edit);
    const keys = keysText('Ctrl+Z');
    toast.info(t(read.changed === 0 ? 'prompts.same' : 'prompts.taken', { count: read.changed, keys }));
  };
  return (
    <>
      <Upload
        accept=".csv,text/csv"
        showUploadList={false}
        beforeUpload={(file) => {
          void take(file);
          return Upload.LIST_IGNORE;
        }}
      >
        <Button icon={<UploadOutlined />}>{t('prompts.import')}</Button>
      </Upload>
      <Modal
        open={refused !== undefined}
        title={t('prompts.refused')}
        footer={null}
        onCancel={() => setRefused(undefined)}
      >
        <ul className="faults prompts-faults">
          {[...new Set(refused?.slice(0, most))].map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
          {(refused?.length ?? 0) > most ? <li>…</li> : null}
        </ul>
      </Modal>
    </>
  );
}

async function textOf(t: TFunction, file: File): Promise<{ text: string } | { fault: string }> {
  if (file.size > maxReadLength) return { fault: t('reading.tooLarge', { file: file.name }) };
  const bytes = await file.arrayBuffer().catch(() => undefined);
  if (bytes === undefined) return { fault: t('reading.unreadable', { file: file.name }) };
  const decoded = decodeFile(new Uint8Array(bytes));
  if (decoded !== undefined && 'text' in decoded) return { text: decoded.text };
  return { fault: t('prompts.encoding', { file: file.name }) };
}

function faultText(t: TFunction, { row, is, value }: CsvFault): string {
  return t(`prompts.faults.${is}`, { row, value, columns: promptColumns.join(',') });
}
