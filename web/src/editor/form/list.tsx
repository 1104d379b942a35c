import { ArrowDownOutlined, ArrowUpOutlined, CloseOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Space } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type Setting, settingsIn } from '../../../../lib/engine/settings.ts';
import { isRecord } from '../../../../lib/flow/json.ts';
import type { Field } from '../../../../lib/nodes/settings.ts';
import { moved, without } from '../../document/parts.ts';
import { useEditorContext } from '../editorcontext.ts';

/** A setting of an object in a list, for the part that draws its control. */
export interface Entry {
  readonly setting: Setting;
  /** The name of the setting, behind the name of its list: `when.value`. */
  readonly path: string;
  readonly value: unknown;
  /** The variables that objects before this one set. */
  readonly given: readonly string[];
  readonly onChange: (value: unknown) => void;
}

interface ListControlProps {
  readonly field: Extract<Field, { field: 'list' }>;
  /** The name of the list, by which a problem finds an object in it: `cases.0.when`. */
  readonly at: string;
  /** What an object of the list is called, with its number. */
  readonly called: (number: number) => string;
  readonly value: unknown;
  readonly given: readonly string[];
  readonly onChange: (value: unknown) => void;
  /** Draws the label and the control of a setting. */
  readonly draw: (entry: Entry, at: string) => ReactNode;
}

/** A list of objects: each with its settings, to be added, removed and put in another order. */
export function ListControl({ field, at, called, value, given, onChange, draw }: ListControlProps) {
  const { t } = useTranslation();
  const { mayEdit } = useEditorContext();
  const settings = settingsIn(field.entries);
  const items = Array.isArray(value) ? value.map((item) => (isRecord(item) ? item : {})) : [];
  const shown = items.length === 0 ? [{}] : items;
  const change = (next: readonly Record<string, unknown>[]) => onChange(next.length === 0 ? undefined : next);
  const known = [...given];
  return (
    <div className="entries">
      {shown.map((item: Record<string, unknown>, index) => {
        const before = [...known];
        for (const { name, field: own } of settings) {
          if (own.field === 'variable' && typeof item[name] === 'string') known.push(item[name]);
        }
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: entries have no name but their place
          <div key={index} className="part is-one-of-several" data-field={`${at}.${index}`}>
            <div className="part-head">
              <span>{called(index + 1)}</span>
              {mayEdit ? <Order items={items} index={index} change={change} /> : null}
            </div>
            {settings.map((setting) => (
              <div key={setting.name} className="entry" data-field={`${at}.${index}.${setting.name}`}>
                {draw(
                  {
                    setting,
                    path: setting.name,
                    value: item[setting.name],
                    given: before,
                    onChange: (next) => change(withEntry(shown, index, setting.name, next)),
                  },
                  `${at}.${index}.${setting.name}`,
                )}
              </div>
            ))}
          </div>
        );
      })}
      {mayEdit && shown.length < field.max ? (
        <Button size="small" type="dashed" icon={<PlusOutlined />} onClick={() => change([...shown, {}])}>
          {t('form.entryAdd', { name: called(shown.length + 1) })}
        </Button>
      ) : null}
    </div>
  );
}

interface OrderProps {
  readonly items: readonly Record<string, unknown>[];
  readonly index: number;
  readonly change: (items: readonly Record<string, unknown>[]) => void;
}

function Order({ items, index, change }: OrderProps) {
  const { t } = useTranslation();
  return (
    <Space size={0}>
      <Button
        size="small"
        type="text"
        icon={<ArrowUpOutlined />}
        aria-label={t('form.partUp')}
        disabled={index === 0}
        onClick={() => change(moved(items, index, index - 1))}
      />
      <Button
        size="small"
        type="text"
        icon={<ArrowDownOutlined />}
        aria-label={t('form.partDown')}
        disabled={index >= items.length - 1}
        onClick={() => change(moved(items, index, index + 1))}
      />
      <Button
        size="small"
        type="text"
        icon={<CloseOutlined />}
        aria-label={t('form.entryRemove')}
        disabled={items.length === 0}
        onClick={() => change(without(items, index))}
      />
    </Space>
  );
}

/** The objects with a setting of one of them changed; undefined takes it away. */
function withEntry(
  items: readonly Record<string, unknown>[],
  index: number,
  name: string,
  value: unknown,
): Record<string, unknown>[] {
  return items.map((item, at) => {
    if (at !== index) return item;
    const { [name]: _, ...rest } = item;
    return value === undefined ? rest : { ...item, [name]: value };
  });
}
