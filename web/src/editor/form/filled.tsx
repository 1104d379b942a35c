import { FunctionOutlined } from '@ant-design/icons';
import { Button, Dropdown, Mentions, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../desk.ts';
import { useSurroundings } from '../surroundings.ts';

interface FilledInputProps {
  readonly name: string;
  readonly value: string;
  readonly example: string;
  /** The names that it may use between `${` and `}`. */
  readonly variables: readonly string[];
  /** How many lines it shows at least and at most. */
  readonly rows: { readonly minRows: number; readonly maxRows: number };
  readonly onChange: (text: string) => void;
}

/** A text in which `${…}` is completed. */
export function FilledInput({ name, value, example, variables, rows, onChange }: FilledInputProps) {
  const { mayEdit } = useSurroundings();
  const desk = useDesk();
  const called = useCalled();
  return (
    <Mentions
      aria-label={name}
      disabled={!mayEdit}
      autoSize={rows}
      prefix="${"
      split=""
      placement="bottom"
      value={value}
      placeholder={example}
      options={variables.map((variable) => ({
        value: `${variable}}`,
        label: (
          <span className="variable">
            {`\${${variable}}`} <small>{called(variable)}</small>
          </span>
        ),
      }))}
      onChange={onChange}
      onBlur={() => desk.settle()}
    />
  );
}

/** What people call a variable; nothing where that is its name. */
export function useCalled(): (variable: string) => string {
  const { t, i18n } = useTranslation();
  return (variable) =>
    i18n.exists(`form.variables.${variable}`) ? t(`form.variables.${variable as 'WaitNo'}`) : '';
}

interface VariablesProps {
  readonly names: readonly string[];
  readonly insert: (name: string) => void;
}

/** A button that lists variables and inserts one. */
export function Variables({ names, insert }: VariablesProps) {
  const { t } = useTranslation();
  const called = useCalled();
  const items = names.map((name) => ({
    key: name,
    label: `${called(name)} \${${name}}`.trim(),
    onClick: () => insert(name),
  }));
  return (
    <Dropdown trigger={['click']} menu={{ items }}>
      <Tooltip title={t('form.variable')}>
        <Button size="small" type="text" icon={<FunctionOutlined />} aria-label={t('form.variable')} />
      </Tooltip>
    </Dropdown>
  );
}
