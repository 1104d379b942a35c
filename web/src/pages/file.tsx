import { InboxOutlined } from '@ant-design/icons';
import { Alert, Upload } from 'antd';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { check, misshapen } from '../../../lib/engine/check.ts';
import { type Flow, nodeOf } from '../../../lib/flow/flow.ts';
import type { Problem } from '../../../lib/flow/problem.ts';
import { problemText } from '../canvas/sentences.ts';
import { type Names, useNames } from '../i18n/naming.ts';

/** A file that was chosen: what it holds, and what is wrong with that. */
export interface Chosen {
  readonly file: string;
  /** None where it is not JSON. */
  readonly document?: Flow;
  readonly problems: readonly Problem[];
}

/** How many problems are listed; the editor lists all. */
const most = 8;

/** Takes a file of JSON and says what is wrong with it. */
export function FilePicker({
  chosen,
  choose,
}: {
  chosen: Chosen | undefined;
  choose: (file: Chosen) => void;
}) {
  const { t } = useTranslation();
  const names = useNames();
  return (
    <>
      <Upload.Dragger
        accept=".json,application/json"
        showUploadList={false}
        beforeUpload={async (file) => {
          choose(chosenOf(file.name, await file.text()));
          return Upload.LIST_IGNORE;
        }}
      >
        <p className="ant-upload-drag-icon">
          <InboxOutlined />
        </p>
        <p className="ant-upload-text">{t('flows.file')}</p>
        <p className="ant-upload-hint">{t('flows.fileHint')}</p>
      </Upload.Dragger>
      {chosen === undefined ? null : <Verdict chosen={chosen} t={t} names={names} />}
    </>
  );
}

function Verdict({ chosen, t, names }: { chosen: Chosen; t: TFunction; names: Names }) {
  const { file, document, problems } = chosen;
  if (document === undefined) return <Alert type="error" showIcon title={t('flows.fileBad', { file })} />;
  if (problems.length === 0) return <Alert type="success" showIcon title={t('flows.fileFine', { file })} />;
  const bad = misshapen(problems);
  return (
    <Alert
      type={bad ? 'error' : 'warning'}
      showIcon
      title={t(bad ? 'flows.fileShape' : 'flows.fileProblems', { file })}
      description={
        <ul className="faults">
          {problems.slice(0, most).map((problem) => (
            <li key={`${problem.rule} ${problem.node} ${problem.field} ${problem.message}`}>
              {bad ? problem.message : told(t, names, problem, document)}
            </li>
          ))}
          {problems.length > most ? <li>…</li> : null}
        </ul>
      }
    />
  );
}

/** Only a document of the right shape has nodes to be named. */
function told(t: TFunction, names: Names, problem: Problem, flow: Flow): string {
  const text = problemText(t, names, problem, flow);
  const known = problem.node !== undefined && nodeOf(flow, problem.node) !== undefined;
  return known ? `${names.nodeAt(flow, problem.node ?? '')}: ${text}` : text;
}

function chosenOf(file: string, text: string): Chosen {
  try {
    const document: Flow = JSON.parse(text);
    return { file, document, problems: check(document) };
  } catch {
    return { file, problems: [] };
  }
}
