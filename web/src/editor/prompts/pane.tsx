import { CloseOutlined, DownloadOutlined, SearchOutlined } from '@ant-design/icons';
import { Button, Input, Select } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { nodeOf } from '../../../../lib/flow/flow.ts';
import { type PromptRow, promptRows } from '../../document/prompts.ts';
import { promptsCsv } from '../../document/promptscsv.ts';
import { download } from '../../shell/download.ts';
import { languageName } from '../../words/languages.ts';
import { type Names, useNames } from '../../words/naming.ts';
import { useDocumentStore, useFlow } from '../documentstore.ts';
import { useEditorContext } from '../editorcontext.ts';
import { HeardCell } from './cell.tsx';
import { PromptImport } from './import.tsx';
import './prompts.css';
import { Empty } from '../../shell/empty.tsx';
import { ListTable } from '../../shell/list.tsx';

/** A row with the names under which it is shown. */
interface NamedRow extends PromptRow {
  readonly title: string;
  readonly called: string;
}

/** All that callers of a flow hear, as a table over the canvas: filtered, edited in place, and exchanged as CSV. */
export function PromptPane({ close }: { close: () => void }) {
  const { t, i18n } = useTranslation();
  const store = useDocumentStore();
  const flow = useFlow();
  const names = useNames();
  const { mayEdit } = useEditorContext();
  const [query, setQuery] = useState('');
  const [language, setLanguage] = useState<string | undefined>(undefined);
  const rows = useMemo(() => promptRows(flow).map((row) => named(names, flow, row)), [flow, names]);
  const tags = [...new Set(rows.map((row) => row.language).filter(Boolean))];
  const fitting = rows.filter(
    (row) => fits(row, query) && (language === undefined || row.language === language),
  );
  // A row that is being written stays, whatever becomes of its text, until there is another filter.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the rows as they were when the filter was chosen
  const kept = useMemo(() => new Set(fitting.map(keyOf)), [query, language]);
  const now = new Set(fitting);
  const shown = rows.filter((row) => now.has(row) || kept.has(keyOf(row)));
  const save = () => {
    const csv = promptsCsv(store.flow, (id) => names.nodeAt(store.flow, id));
    download(`${flow.id}.prompts.csv`, csv, 'text/csv;charset=utf-8');
  };
  return (
    <section className="prompts" aria-label={t('prompts.title')}>
      <header className="prompts-bar">
        <h2>{t('prompts.title')}</h2>
        <Input
          allowClear
          prefix={<SearchOutlined />}
          aria-label={t('prompts.filter')}
          placeholder={t('prompts.filter')}
          value={query}
          onChange={({ target }) => setQuery(target.value)}
        />
        {tags.length > 1 ? (
          <Select
            allowClear
            aria-label={t('form.head.language')}
            placeholder={t('form.head.language')}
            value={language ?? null}
            options={tags.map((tag) => ({ value: tag, label: languageName(tag, i18n.language) }))}
            onChange={(tag: string | null) => setLanguage(tag ?? undefined)}
          />
        ) : null}
        <span className="prompts-count" role="status">
          {t('prompts.count', { shown: shown.length, total: rows.length })}
        </span>
        <Button icon={<DownloadOutlined />} onClick={save}>
          {t('prompts.export')}
        </Button>
        {mayEdit ? <PromptImport /> : null}
        <Button type="text" icon={<CloseOutlined />} aria-label={t('prompts.close')} onClick={close} />
      </header>
      <div className="prompts-table">
        <ListTable
          columns={[t('prompts.node'), t('prompts.setting'), t('form.head.language'), t('prompts.heard')]}
          step={50}
        >
          {shown.map((row) => (
            <Row key={keyOf(row)} row={row} />
          ))}
        </ListTable>
        {shown.length === 0 ? (
          <Empty title={t(rows.length === 0 ? 'prompts.none' : 'prompts.noneFound')} />
        ) : null}
      </div>
    </section>
  );
}

function Row({ row }: { row: NamedRow }) {
  const { i18n } = useTranslation();
  const store = useDocumentStore();
  const { node, setting, title, called, language, audio } = row;
  return (
    <tr>
      <td>
        <Button type="link" size="small" onClick={() => store.show({ node, field: setting })}>
          {title}
        </Button>
      </td>
      <td>{called}</td>
      <td>{audio === '' ? languageName(language, i18n.language) : '–'}</td>
      <td>
        <HeardCell row={row} name={nameOf(row)} />
      </td>
    </tr>
  );
}

/** The same for a row as long as it is one text, or one audio. */
function keyOf({ node, field, language, audio }: PromptRow): string {
  return `${node} ${field} ${audio === '' ? language : ''}`;
}

function nameOf({ title, called, language }: NamedRow): string {
  return [title, called, language].filter(Boolean).join(' · ');
}

function named(names: Names, flow: Parameters<typeof promptRows>[0], row: PromptRow): NamedRow {
  const number = row.field === row.setting ? '' : ` ${row.part + 1}`;
  const type = nodeOf(flow, row.node)?.type ?? '';
  return { ...row, title: names.nodeAt(flow, row.node), called: names.setting(type, row.setting) + number };
}

function fits({ title, node, called, text, audio }: NamedRow, query: string): boolean {
  const all = [title, node, called, text, audio].join('\n').toLocaleLowerCase();
  return query
    .toLocaleLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word));
}
