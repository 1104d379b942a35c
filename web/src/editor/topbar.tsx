import { ArrowLeftOutlined, CheckCircleOutlined, CloseCircleFilled, WarningFilled } from '@ant-design/icons';
import { Button, Divider } from 'antd';
import { memo, type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { HoverTooltip } from '../shell/hovertooltip.tsx';
import { useNames } from '../words/naming.ts';
import { stepText } from '../words/steps.ts';
import type { CommandKit } from './command.ts';
import { commandOf, isThere } from './commands.ts';
import { useEditorState } from './documentstore.ts';
import { useProblems } from './editorcontext.ts';
import { keysText } from './keys.ts';
import { useAnalysis } from './proof/analysis.ts';
import { countFindings } from './proof/findings.ts';
import type { SaveState } from './save.ts';

interface TopbarProps {
  readonly kit: CommandKit;
  readonly state: SaveState;
  readonly back: () => void;
  /** What stands below the name; left out, what is saved and live. */
  readonly statusText?: ReactNode;
  /** What the page puts at the far right. */
  readonly extra?: ReactNode;
}

/** The bar above the canvas: the flow's name, what can be done, and what is saved. */
export function Topbar({ kit, state, back, statusText, extra }: TopbarProps) {
  const { t } = useTranslation();
  const name = useEditorState(({ history }) => history.flow.name);
  return (
    <header className="topbar">
      <Icon icon={<ArrowLeftOutlined />} name={t('canvas.back')} onClick={back} />
      <div className="topbar-title">
        <b title={name}>{name}</b>
        {statusText === undefined ? <Status state={state} /> : <span className="status">{statusText}</span>}
      </div>
      <div className="topbar-tools">
        {kit.mayEdit ? <UndoRedo kit={kit} /> : null}
        <CommandIcon id="arrange" kit={kit} />
        <CommandIcon id="find" kit={kit} />
        <ProblemsButton open={kit.views.problems} />
        {['callers', 'scripts', 'prompts', 'json', 'settings', 'help'].map((id) => (
          <CommandIcon key={id} id={id} kit={kit} />
        ))}
      </div>
      {kit.mayEdit ? <Divider orientation="vertical" /> : null}
      <CommandButton id="save" kit={kit} loading={state.saving} primary={state.unsaved} />
      <CommandButton id="phone" kit={kit} primary={false} />
      <CommandButton id="publish" kit={kit} primary={!state.unsaved} />
      {extra}
    </header>
  );
}

interface IconProps {
  readonly icon: ReactNode;
  readonly name: string;
  readonly keys?: string;
  /** What it would do now, if that says more than its name. */
  readonly hint?: string;
  readonly disabled?: boolean;
  readonly onClick: () => void;
}

function Icon({ icon, name, keys, hint = name, disabled = false, onClick }: IconProps) {
  return (
    <HoverTooltip title={keys === undefined ? hint : `${hint} (${keysText(keys)})`} delay={0.4}>
      <Button type="text" icon={icon} aria-label={name} disabled={disabled} onClick={onClick} />
    </HoverTooltip>
  );
}

interface CommandIconProps {
  /** The id of a command. */
  readonly id: string;
  readonly kit: CommandKit;
  readonly hint?: string;
  readonly disabled?: boolean;
}

/** A command as an icon; nothing if the user does not have it. */
const CommandIcon = memo(function CommandIcon({ id, kit, ...rest }: CommandIconProps) {
  const { t } = useTranslation();
  const command = commandOf(id);
  if (command.icon === undefined || !isThere(command, kit)) return null;
  const [keys] = command.keys;
  return (
    <Icon
      icon={<command.icon />}
      name={t(command.name)}
      {...(keys === undefined ? {} : { keys })}
      onClick={() => command.run?.(kit)}
      {...rest}
    />
  );
});

interface CommandButtonProps {
  readonly id: string;
  readonly kit: CommandKit;
  readonly primary: boolean;
  readonly loading?: boolean;
}

/** A command as a button with its name; nothing if the user does not have it. */
const CommandButton = memo(function CommandButton({ id, kit, primary, loading = false }: CommandButtonProps) {
  const { t } = useTranslation();
  const command = commandOf(id);
  if (!isThere(command, kit)) return null;
  return (
    <HoverTooltip title={command.keys[0] === undefined ? '' : keysText(command.keys[0])}>
      <Button
        className={`topbar-${id}`}
        onClick={() => command.run?.(kit)}
        loading={loading}
        type={primary ? 'primary' : 'default'}
      >
        {t(command.name)}
      </Button>
    </HoverTooltip>
  );
});

function UndoRedo({ kit }: { kit: CommandKit }) {
  const { t } = useTranslation();
  const names = useNames();
  const last = useEditorState(({ history }) => history.past.at(-1)?.step);
  const next = useEditorState(({ history }) => history.future[0]?.step);
  return (
    <>
      <CommandIcon
        id="undo"
        kit={kit}
        disabled={last === undefined}
        {...(last === undefined ? {} : { hint: t('canvas.undoing', { step: stepText(t, names, last) }) })}
      />
      <CommandIcon
        id="redo"
        kit={kit}
        disabled={next === undefined}
        {...(next === undefined ? {} : { hint: t('canvas.redoing', { step: stepText(t, names, next) }) })}
      />
      <Divider orientation="vertical" />
    </>
  );
}

/** How much is wrong, and what opens the list of it. */
function ProblemsButton({ open }: { open: () => void }) {
  const problems = useProblems();
  const analysis = useAnalysis();
  const flow = useEditorState(({ history }) => history.flow.id);
  const counts = useMemo(() => countFindings(problems, analysis, flow), [problems, analysis, flow]);
  return <CountButton {...counts} open={open} />;
}

interface CountButtonProps {
  readonly errors: number;
  readonly warnings: number;
  readonly open: () => void;
}

const CountButton = memo(function CountButton({ errors, warnings, open }: CountButtonProps) {
  const { t } = useTranslation();
  const icon =
    errors > 0 ? (
      <CloseCircleFilled className="is-error" />
    ) : warnings > 0 ? (
      <WarningFilled className="is-warning" />
    ) : (
      <CheckCircleOutlined className="is-fine" />
    );
  return (
    <HoverTooltip
      title={
        errors + warnings === 0 ? t('canvas.noProblems') : t('canvas.problemCount', { errors, warnings })
      }
    >
      <Button
        type="text"
        icon={icon}
        aria-label={[t('canvas.problems'), errors + warnings || ''].join(' ').trim()}
        onClick={open}
      >
        {errors + warnings > 0 ? errors + warnings : null}
      </Button>
    </HoverTooltip>
  );
});

function Status({ state: { unsaved, saving, failure, revision } }: { state: SaveState }) {
  const { t } = useTranslation();
  const { live, changed } = revision;
  const missed = unsaved && !saving && failure !== undefined;
  const work = missed ? (failure.refused ? 'missed' : 'unreached') : unsaved ? 'unsaved' : 'saved';
  const saved = t(saving ? 'saving.saving' : `saving.${work}`);
  const published = live === undefined ? t('saving.never') : t('saving.live', { version: live });
  const behind = live !== undefined && changed;
  return (
    <span className="status" role="status">
      <span className={`status-dot is-${work}`} aria-hidden="true" />
      {missed ? (
        <HoverTooltip title={failure.reason}>
          <b>{saved}</b>
        </HoverTooltip>
      ) : (
        saved
      )}{' '}
      · {published}
      {behind ? ` · ${t('saving.changed')}` : ''}
    </span>
  );
}
