import { Form } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../../../lib/flow/problem.ts';
import { useNames } from '../../words/naming.ts';
import { problemText } from '../../words/sentences.ts';
import { useDocumentStore } from '../documentstore.ts';

interface FieldProps {
  /** The name of the setting, by which a problem finds its field. */
  readonly name: string;
  /** What it is called; left out where that stands above it already. */
  readonly label?: string;
  readonly help?: string;
  /** What else stands below, such as a range. */
  readonly extra?: ReactNode;
  readonly required?: boolean;
  readonly problems?: readonly Problem[];
  readonly children: ReactNode;
}

/** A field of a form with its name, its explanation and what is wrong with it. */
export function Field({ name, label, help, extra, required = false, problems = [], children }: FieldProps) {
  const { t } = useTranslation();
  const names = useNames();
  const store = useDocumentStore();
  const status = problems.some(({ severity }) => severity === 'error') ? 'error' : 'warning';
  return (
    <div data-field={name} className="field">
      <Form.Item
        label={label}
        required={required}
        {...(help || extra
          ? {
              extra: (
                <>
                  {help ? <span className="field-help">{help}</span> : null}
                  {extra}
                </>
              ),
            }
          : {})}
        {...(problems.length === 0
          ? {}
          : {
              validateStatus: status,
              help: problems.map((problem) => (
                <div key={`${problem.rule} ${problem.field} ${problem.message}`}>
                  {problemText(t, names, problem, store.flow)}
                </div>
              )),
            })}
      >
        {children}
      </Form.Item>
    </div>
  );
}
