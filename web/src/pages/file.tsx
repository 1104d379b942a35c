import { InboxOutlined } from '@ant-design/icons';
import { Alert, Button, Space, Upload } from 'antd';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { check } from '../../../lib/engine/check.ts';
import { type Flow, nodeOf } from '../../../lib/flow/flow.ts';
import type { Problem } from '../../../lib/flow/problem.ts';
import {
  decodeFile,
  foreignTexts,
  isDamaged,
  maxReadLength,
  type ReadFlow,
  readImport,
} from '../document/reading.ts';
import { Faults } from '../shell/faults.tsx';
import { jsonFaultSentence } from '../words/jsonfault.ts';
import { type Names, useNames } from '../words/naming.ts';
import { problemLine, problemText } from '../words/sentences.ts';

/** A file that was chosen, and what it holds, or why it cannot be read. */
export type Chosen = { readonly file: string } & (
  | (ReadFlow & { readonly damaged: boolean; readonly shortened?: true })
  | { readonly outcome: 'encoding'; readonly asGb18030: string }
  | { readonly outcome: 'tooLarge' | 'unreadable' | 'notText' | 'refused' }
);

/** Takes a file of JSON and says what is wrong with it; asks how to read one that is not in UTF-8. */
export function FilePicker({
  chosen,
  choose,
}: {
  chosen: Chosen | undefined;
  choose: (file: Chosen) => void;
}) {
  const { t } = useTranslation();
  return (
    <>
      <Upload.Dragger
        accept=".json,application/json"
        showUploadList={false}
        beforeUpload={async (file) => {
          choose(await chosenOf(file));
          return Upload.LIST_IGNORE;
        }}
      >
        <p className="ant-upload-drag-icon">
          <InboxOutlined />
        </p>
        <p className="ant-upload-text">{t('flows.file')}</p>
        <p className="ant-upload-hint">{t('flows.fileHint')}</p>
      </Upload.Dragger>
      {chosen === undefined ? null : <Verdict chosen={chosen} choose={choose} />}
      {chosen?.outcome === 'flow' && chosen.shortened ? (
        <Alert type="info" showIcon title={t('flows.nameShortened')} />
      ) : null}
    </>
  );
}

async function chosenOf(file: File): Promise<Chosen> {
  const { name } = file;
  if (file.size > maxReadLength) return { file: name, outcome: 'tooLarge' };
  let bytes: ArrayBuffer;
  try {
    bytes = await file.arrayBuffer();
  } catch {
    return { file: name, outcome: 'unreadable' };
  }
  const decoded = decodeFile(new Uint8Array(bytes));
  if (decoded === undefined) return { file: name, outcome: 'notText' };
  if ('asGb18030' in decoded) return { file: name, outcome: 'encoding', ...decoded };
  return readIn(name, decoded.text);
}

function readIn(file: string, text: string): Chosen {
  return { file, ...readImport(text), damaged: isDamaged(text) };
}

interface VerdictProps {
  readonly chosen: Chosen;
  readonly choose: (file: Chosen) => void;
}

function Verdict({ chosen, choose }: VerdictProps) {
  const { t } = useTranslation();
  const names = useNames();
  const { file, outcome } = chosen;
  if (outcome === 'encoding') return <Encoding {...{ file, choose }} text={chosen.asGb18030} />;
  if (outcome === 'json') {
    const sentences = chosen.faults.map((fault) => jsonFaultSentence(t, fault));
    return <FileFaults type="error" title={t('flows.fileBad', { file })} sentences={sentences} />;
  }
  if (outcome === 'shape') {
    const sentences = chosen.problems.map((problem) => problemLine([problem]));
    return <FileFaults type="error" title={t('flows.fileShape', { file })} sentences={sentences} />;
  }
  if (outcome !== 'flow') return <Alert type="error" showIcon title={t(`reading.${outcome}`, { file })} />;
  const { flow, damaged } = chosen;
  const sentences = [
    ...(damaged ? [t('reading.damaged')] : []),
    ...check(flow).map((problem) => told(t, names, problem, flow)),
  ];
  if (sentences.length === 0) return <Alert type="success" showIcon title={t('flows.fileFine', { file })} />;
  return <FileFaults type="warning" title={t('flows.fileProblems', { file })} sentences={sentences} />;
}

interface FileFaultsProps {
  readonly type: 'error' | 'warning';
  readonly title: string;
  readonly sentences: readonly string[];
}

function FileFaults({ type, title, sentences }: FileFaultsProps) {
  return <Alert type={type} showIcon title={title} description={<Faults sentences={sentences} />} />;
}

interface EncodingProps {
  readonly file: string;
  /** The file, read as GB18030. */
  readonly text: string;
  readonly choose: (file: Chosen) => void;
}

/** Shows what a file says in GB18030 and asks whether that is right: nearly any bytes can be read like that. */
function Encoding({ file, text, choose }: EncodingProps) {
  const { t } = useTranslation();
  const samples = foreignTexts(text);
  return (
    <Alert
      type="warning"
      showIcon
      title={t('reading.notUtf8', { file })}
      description={
        <>
          <p>{t(samples.length > 0 ? 'reading.asGb18030' : 'reading.noSample')}</p>
          <ul className="faults">
            {samples.map((sample) => (
              <li key={sample}>{sample}</li>
            ))}
          </ul>
          <Space wrap className="choices">
            <Button type="primary" onClick={() => choose(readIn(file, text))}>
              {t('reading.accept')}
            </Button>
            <Button onClick={() => choose({ file, outcome: 'refused' })}>{t('reading.refuse')}</Button>
          </Space>
        </>
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
