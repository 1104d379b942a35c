import { useQueryClient } from '@tanstack/react-query';
import { Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { defaultLanguage, isFlowId } from '../../../lib/flow/flow.ts';
import { languages } from '../../../lib/flow/language.ts';
import { nameFault } from '../../../lib/flow/name.ts';
import { createFlow } from '../api/flows.ts';
import { reasonOf } from '../api/refusal.ts';
import { useApi } from '../session/context.ts';
import { upTo } from '../shell/length.ts';
import { refusalFooter } from '../shell/refusalfooter.tsx';
import { useUnsavedForm } from '../shell/unsavedform.tsx';
import { languageName } from '../words/languages.ts';
import { type Chosen, FilePicker } from './file.tsx';
import { useDeletedFlows, useFlows } from './queries.ts';
import { TemplatePicker } from './template.tsx';
import { editionOf, type Template, templates } from './templates.ts';
import { useIdSuggestion } from './useidsuggestion.ts';

/** What a new flow is called. */
interface Fields {
  readonly name: string;
  readonly id: string;
  readonly language: string;
}

/** Creates a flow from a template or from a file, and opens it. */
export function CreateDialog({ from, close }: { from: 'template' | 'file'; close: () => void }) {
  const { t, i18n } = useTranslation();
  const api = useApi();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [form] = Form.useForm<Fields>();
  const taken = new Set(useFlows().data?.map(({ id }) => id));
  const deleted = useDeletedFlows().data ?? [];
  /** A new flow does not take the place of a deleted one. */
  const unfree = new Set([...taken, ...deleted.map(({ id }) => id)]);
  const [template, setTemplate] = useState<Template>('empty');
  const [chosen, setChosen] = useState<Chosen | undefined>(undefined);
  const { suggest, setOwn, settled } = useIdSuggestion((id) => form.setFieldsValue({ id }));
  const [failure, setFailure] = useState<string | undefined>(undefined);
  const [busy, setBusy] = useState(false);
  const { touch, dialog, question } = useUnsavedForm(close);
  const imported = chosen?.outcome === 'flow' ? chosen.flow : undefined;

  const named = (name: string, fallback = from === 'file' ? imported?.id : templates[template]?.id) =>
    void suggest(name, unfree, fallback);
  const pick = (next: Template) => {
    setTemplate(next);
    if (form.getFieldValue('name')) named(form.getFieldValue('name'), templates[next]?.id);
  };
  const open = (file: Chosen) => {
    setChosen(file);
    if (file.outcome !== 'flow') return;
    const { id, name, language = defaultLanguage } = file.flow;
    form.setFieldsValue({ name, language });
    setOwn(false);
    void suggest(id, unfree);
  };

  async function create(fields: Fields) {
    setBusy(true);
    setFailure(undefined);
    const document = from === 'file' ? imported : editionOf(template, fields.language);
    try {
      await createFlow(api, { ...fields, ...(document === undefined ? {} : { document }) });
      void queries.invalidateQueries({ queryKey: ['flows'] });
      void navigate(`/flows/${fields.id}`);
    } catch (error) {
      setFailure(reasonOf(error));
      setBusy(false);
    }
  }

  return (
    <Modal
      open
      width={760}
      style={{ top: 40 }}
      title={t(from === 'file' ? 'flows.importTitle' : 'flows.createTitle')}
      okText={t(from === 'file' ? 'flows.import' : 'flows.createOk')}
      cancelText={t('flows.cancel')}
      confirmLoading={busy}
      okButtonProps={{ disabled: from === 'file' && imported === undefined }}
      onOk={() => void settled().then(() => form.submit())}
      {...dialog}
      footer={refusalFooter(failure)}
    >
      {from === 'file' ? <FilePicker chosen={chosen} choose={open} /> : null}
      <Form
        form={form}
        layout="vertical"
        className="dialog-form"
        hidden={from === 'file' && imported === undefined}
        initialValues={{ name: '', id: '', language: i18n.language }}
        scrollToFirstError={{ block: 'center', focus: true }}
        onValuesChange={touch}
        onFinish={(fields) => void create(fields)}
      >
        <Head named={named} taken={taken} own={() => setOwn(true)} />
        {from === 'template' ? (
          <Form.Item label={t('flows.template')}>
            <TemplatePicker value={template} pick={pick} />
          </Form.Item>
        ) : null}
      </Form>
      {question}
    </Modal>
  );
}

interface HeadProps {
  readonly named: (name: string) => void;
  readonly taken: ReadonlySet<string>;
  /** Called when the user has written an id of their own. */
  readonly own: () => void;
}

function Head({ named, taken, own }: HeadProps) {
  const { t, i18n } = useTranslation();
  const seen = async (_: unknown, name = '') => {
    const fault = nameFault(name);
    if (fault === undefined) return;
    throw new Error(
      t(`flows.nameFaults.${fault.fault}`, { code: fault.fault === 'unprintable' ? fault.code : '' }),
    );
  };
  const free = async (_: unknown, id: string) => {
    if (!isFlowId(id)) throw new Error(t('flows.idRule'));
    if (taken.has(id)) throw new Error(t('flows.idTaken'));
  };
  return (
    <>
      <Form.Item name="name" label={t('flows.name')} required rules={[{ validator: seen }]}>
        <Input
          autoFocus
          {...upTo(100)}
          placeholder={t('flows.namePlaceholder')}
          onChange={({ target }) => named(target.value)}
        />
      </Form.Item>
      <div className="pair">
        <Form.Item name="id" label={t('flows.id')} extra={t('flows.idHelp')} rules={[{ validator: free }]}>
          <Input maxLength={63} onChange={own} />
        </Form.Item>
        <Form.Item name="language" label={t('flows.language')} extra={t('flows.languageHelp')}>
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            options={languages.map((tag) => ({ value: tag, label: languageName(tag, i18n.language) }))}
          />
        </Form.Item>
      </div>
    </>
  );
}
