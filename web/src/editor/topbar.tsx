import {
  ApartmentOutlined,
  ArrowLeftOutlined,
  CheckCircleOutlined,
  CloseCircleFilled,
  CodeOutlined,
  OrderedListOutlined,
  QuestionCircleOutlined,
  RedoOutlined,
  SearchOutlined,
  SettingOutlined,
  UndoOutlined,
  WarningFilled,
} from '@ant-design/icons';
import { Button, Divider, Tooltip } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { countProblems } from '../../../lib/engine/report.ts';
import { useNames } from '../words/naming.ts';
import { stepText } from '../words/steps.ts';
import { useSight } from './desk.ts';
import type { SaveState } from './save.ts';
import { keysText } from './shortcuts.tsx';
import { useSurroundings } from './surroundings.ts';
import type { Tools } from './tools.ts';

/** What the bar opens and closes. */
interface Views {
  readonly save: () => void;
  readonly find: () => void;
  readonly problems: () => void;
  readonly json: () => void;
  /** Left out if scripts cannot be kept. */
  readonly scripts?: (() => void) | undefined;
  readonly help: () => void;
  readonly settings: () => void;
  readonly publish: () => void;
}

interface TopbarProps {
  readonly tools: Tools;
  readonly state: SaveState;
  readonly views: Views;
  readonly mayPublish: boolean;
  readonly back: () => void;
  /** What the page puts at the far right. */
  readonly extra?: ReactNode;
}

/** The bar above the canvas: where one is, what can be done, how things stand. */
export function Topbar({ tools, state, views, mayPublish, back, extra }: TopbarProps) {
  const { t } = useTranslation();
  const { mayEdit } = useSurroundings();
  const name = useSight(({ history }) => history.flow.name);
  return (
    <header className="topbar">
      <Icon icon={<ArrowLeftOutlined />} name={t('canvas.back')} onClick={back} />
      <div className="topbar-title">
        <b title={name}>{name}</b>
        <Status state={state} />
      </div>
      {mayEdit ? <UndoRedo tools={tools} /> : null}
      {mayEdit ? (
        <Icon
          icon={<ApartmentOutlined />}
          name={t('canvas.arrange')}
          keys="Shift+T"
          onClick={tools.arrange}
        />
      ) : null}
      <Icon icon={<SearchOutlined />} name={t('canvas.find')} keys="Ctrl+F" onClick={views.find} />
      <ProblemsButton open={views.problems} />
      {views.scripts === undefined ? null : (
        <Icon icon={<OrderedListOutlined />} name={t('scripts.title')} onClick={views.scripts} />
      )}
      <Icon icon={<CodeOutlined />} name={t('canvas.json')} onClick={views.json} />
      <Icon icon={<SettingOutlined />} name={t('canvas.settings')} onClick={views.settings} />
      <Icon icon={<QuestionCircleOutlined />} name={t('canvas.shortcuts')} keys="?" onClick={views.help} />
      {mayEdit ? (
        <>
          <Divider orientation="vertical" />
          <Tooltip title={keysText('Ctrl+S')}>
            <Button onClick={views.save} loading={state.saving} type={state.unsaved ? 'primary' : 'default'}>
              {t('canvas.save')}
            </Button>
          </Tooltip>
        </>
      ) : null}
      {mayPublish ? (
        <Button type={state.unsaved ? 'default' : 'primary'} onClick={views.publish}>
          {t('canvas.publish')}
        </Button>
      ) : null}
      {extra}
    </header>
  );
}

interface IconProps {
  readonly icon: ReactNode;
  readonly name: string;
  readonly keys?: string;
  /** What it would do now, where that is more than its name. */
  readonly hint?: string;
  readonly disabled?: boolean;
  readonly onClick: () => void;
}

function Icon({ icon, name, keys, hint = name, disabled = false, onClick }: IconProps) {
  return (
    <Tooltip title={keys === undefined ? hint : `${hint} (${keysText(keys)})`} mouseEnterDelay={0.4}>
      <Button type="text" icon={icon} aria-label={name} disabled={disabled} onClick={onClick} />
    </Tooltip>
  );
}

function UndoRedo({ tools }: { tools: Tools }) {
  const { t } = useTranslation();
  const names = useNames();
  const last = useSight(({ history }) => history.past.at(-1)?.step);
  const next = useSight(({ history }) => history.future[0]?.step);
  return (
    <>
      <Icon
        icon={<UndoOutlined />}
        name={t('canvas.undo')}
        keys="Ctrl+Z"
        disabled={last === undefined}
        onClick={tools.undo}
        {...(last === undefined ? {} : { hint: t('canvas.undoing', { step: stepText(t, names, last) }) })}
      />
      <Icon
        icon={<RedoOutlined />}
        name={t('canvas.redo')}
        keys="Ctrl+Shift+Z"
        disabled={next === undefined}
        onClick={tools.redo}
        {...(next === undefined ? {} : { hint: t('canvas.redoing', { step: stepText(t, names, next) }) })}
      />
      <Divider orientation="vertical" />
    </>
  );
}

function ProblemsButton({ open }: { open: () => void }) {
  const { t } = useTranslation();
  const { problems } = useSurroundings();
  const { errors, warnings } = countProblems(problems);
  const icon =
    errors > 0 ? (
      <CloseCircleFilled className="is-error" />
    ) : warnings > 0 ? (
      <WarningFilled className="is-warning" />
    ) : (
      <CheckCircleOutlined className="is-fine" />
    );
  return (
    <Tooltip
      title={problems.length === 0 ? t('canvas.noProblems') : t('canvas.problemCount', { errors, warnings })}
    >
      <Button type="text" icon={icon} aria-label={t('canvas.problems')} onClick={open}>
        {problems.length > 0 ? errors + warnings : null}
      </Button>
    </Tooltip>
  );
}

function Status({ state: { unsaved, saving, miss, revision } }: { state: SaveState }) {
  const { t } = useTranslation();
  const { live, changed } = revision;
  const missed = unsaved && !saving && miss !== undefined;
  const work = missed ? (miss.refused ? 'missed' : 'unreached') : unsaved ? 'unsaved' : 'saved';
  const saved = t(saving ? 'saving.saving' : `saving.${work}`);
  const published = live === undefined ? t('saving.never') : t('saving.live', { version: live });
  const behind = live !== undefined && changed;
  return (
    <span className="status" role="status">
      <span className={`status-dot is-${work}`} aria-hidden="true" />
      {missed ? (
        <Tooltip title={miss.reason}>
          <b>{saved}</b>
        </Tooltip>
      ) : (
        saved
      )}{' '}
      · {published}
      {behind ? ` · ${t('saving.changed')}` : ''}
    </span>
  );
}
