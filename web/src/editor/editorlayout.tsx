import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Layer } from '../canvas/layer.ts';
import { measure } from '../document/geometry.ts';
import { Saver } from '../draft/saver.ts';
import { toast } from '../shell/toast.ts';
import { AddMenu, type AddRequest, noteChoice } from './addmenu.tsx';
import { Announcer } from './announcer.tsx';
import { useBackup, useUnloadQuestion } from './backup.ts';
import type { CommandKit, Views } from './command.ts';
import { CommandPalette } from './commandpalette.tsx';
import { ConflictDialog } from './conflict.tsx';
import { ConnectMenu } from './connectmenu.tsx';
import { ContextMenu, type ContextMenuRequest } from './contextmenu.tsx';
import { useDocumentStore } from './documentstore.ts';
import { EditorBoundary } from './editorboundary.tsx';
import { EditorCanvas } from './editorcanvas.tsx';
import { useEditorContext } from './editorcontext.ts';
import { type OpenLayers, useEscaping } from './escaping.ts';
import { Finder } from './finder.tsx';
import { useFolds } from './foldtools.ts';
import { type JsonEdit, JsonView } from './json.tsx';
import { useKeyboard } from './keyboard.ts';
import { useFlowSettingsOpen, useJumping, useRevealing } from './opening.ts';
import { Outline } from './outline.tsx';
import { Palette } from './palette.tsx';
import { Panel } from './panel.tsx';
import { Callers } from './proof/callers.tsx';
import { Findings } from './proof/panel.tsx';
import type { EditorProps } from './props.ts';
import { PublishDialog } from './publish.tsx';
import { type JustPublished, Published } from './published.tsx';
import { RestoreOffer } from './restoreoffer.tsx';
import { type SaveState, useSaving } from './save.ts';
import { noScriptWork } from './scripts/scriptwork.ts';
import { Shortcuts } from './shortcuts.tsx';
import { useTabs } from './tabs.ts';
import { useTestPhonePanel } from './testphone.tsx';
import { Topbar } from './topbar.tsx';
import { useTools } from './usetools.ts';
import { Zoom } from './zoom.tsx';

/** What lies over the canvas; one at a time. */
type View = 'find' | 'json' | 'help' | 'publish' | 'scripts' | 'palette';

const PromptPane = lazy(async () => ({ default: (await import('./prompts/pane.tsx')).PromptPane }));
const ScriptPane = lazy(async () => ({ default: (await import('./scripts/pane.tsx')).ScriptPane }));

/** The editor's room: the bar, the palette, the canvas and the panel, and what opens over them. */
export function EditorLayout({ draft, remote, user, may, back, statusText, after, extra }: EditorProps) {
  const store = useDocumentStore();
  const tools = useTools();
  const [saver] = useState(() => new Saver(store, remote, draft));
  const state = useSaving(saver);
  useTabs(saver);
  const backup = useBackup(saver, user, may.edit);
  const { mayEdit } = useEditorContext();
  const [view, setView] = useState<View | undefined>(undefined);
  const [problems, setProblems] = useState(false);
  const [callers, setCallers] = useState(false);
  const [script, play] = useState<string | undefined>(undefined);
  const [laid, lay] = useState<readonly Layer[]>([]);
  const [settings, setSettings] = useFlowSettingsOpen();
  const [map, setMap] = useState(true);
  const asking = useAsking(tools);
  const close = () => setView(undefined);
  const [published, setPublished] = useState<JustPublished | undefined>(undefined);
  const [scriptWork, setScriptWork] = useState(noScriptWork);
  const [jsonEdit, setJsonEdit] = useState<JsonEdit | undefined>(undefined);
  const losing = scriptWork !== noScriptWork || jsonEdit !== undefined;
  useUnloadQuestion(losing);
  const phone = useTestPhonePanel(remote.scripts, (call) => {
    setScriptWork((before) => ({ ...before, calls: [...before.calls, call] }));
    setView('scripts');
  });
  const layers = useMemo(
    () => (phone.layer === undefined ? laid : [...laid, phone.layer]),
    [laid, phone.layer],
  );
  useFolds(layers);
  const { unsaved } = state;
  const openers = useOpeners(saver, state, setView, asking.askNext);
  const [connecting, setConnecting] = useState<string | undefined>(undefined);
  const [outline, setOutline] = useState(false);
  const [prompts, setPrompts] = useState(false);
  const [context, setContext] = useState<ContextMenuRequest | undefined>(undefined);
  const closers = useMemo<OpenLayers>(
    () => [
      { open: problems, close: () => setProblems(false) },
      { open: callers, close: () => setCallers(false) },
      { open: settings, close: () => setSettings(false) },
      { open: prompts, close: () => setPrompts(false) },
    ],
    [problems, callers, settings, setSettings, prompts],
  );
  const leave = useEscaping(tools, closers);
  const views = useMemo<Views>(
    () => ({
      ...openers,
      escape: leave,
      connect: setConnecting,
      outline: () => setOutline((shown) => !shown),
      prompts() {
        // It takes the place of the canvas, on which calls are played and problems are shown.
        setCallers(false);
        setProblems(false);
        setPrompts((shown) => !shown);
      },
      ...(remote.scripts === undefined ? {} : { scripts: () => setView('scripts') }),
      phone: phone.toggle,
      ...(may.publish ? { publish: () => setView('publish') } : {}),
      problems: () => setProblems((shown) => !shown),
      callers() {
        play(undefined);
        setPrompts(false);
        setCallers((shown) => !shown);
      },
      settings() {
        store.select([]);
        setSettings((shown) => !shown);
      },
    }),
    [openers, leave, remote, may.publish, store, setSettings, phone.toggle],
  );
  const kit = useMemo<CommandKit>(() => ({ tools, views, mayEdit }), [tools, views, mayEdit]);
  useKeyboard(kit);
  useJumping();
  useRevealing();

  return (
    <div className="editor">
      <Topbar
        {...{ kit, state, back, statusText }}
        extra={extra?.(state, losing || (state.unsaved && backup.losing))}
      />
      <div className="workbench">
        {mayEdit ? <Palette tools={tools} /> : null}
        <main className="stage">
          <EditorBoundary what="canvas" unsaved={unsaved}>
            <EditorCanvas tools={tools} map={map} ask={asking.ask} layers={layers} context={setContext} />
            <Zoom map={map} setMap={setMap} />
          </EditorBoundary>
          {outline ? (
            <EditorBoundary what="dialog" unsaved={unsaved} close={() => setOutline(false)}>
              <Outline tools={tools} add={asking.askAfter} connect={setConnecting} />
            </EditorBoundary>
          ) : null}
          {prompts ? (
            <EditorBoundary what="dialog" unsaved={unsaved} close={() => setPrompts(false)}>
              <Suspense>
                <PromptPane close={() => setPrompts(false)} />
              </Suspense>
            </EditorBoundary>
          ) : null}
          <Announcer />
          {published === undefined ? null : (
            <Published
              key={published.version}
              {...{ remote, state, published, after }}
              close={() => setPublished(undefined)}
            />
          )}
          {mayEdit ? <RestoreOffer backup={backup} state={state} /> : null}
          {problems ? (
            <EditorBoundary what="dialog" unsaved={unsaved} close={() => setProblems(false)}>
              <Findings
                close={() => setProblems(false)}
                play={(call) => {
                  play(call);
                  setCallers(true);
                }}
              />
            </EditorBoundary>
          ) : null}
          {callers ? (
            <EditorBoundary what="dialog" unsaved={unsaved} close={() => setCallers(false)}>
              <Callers {...{ script, play, lay }} close={() => setCallers(false)} />
            </EditorBoundary>
          ) : null}
          {view === 'find' ? (
            <EditorBoundary what="dialog" unsaved={unsaved} close={close}>
              <Finder close={close} />
            </EditorBoundary>
          ) : null}
          {view === 'palette' ? <CommandPalette kit={kit} close={close} /> : null}
          {context === undefined ? null : (
            <ContextMenu
              key={context.screen.join()}
              {...{ asked: context, kit }}
              insert={(wire, screen) => asking.ask(screen, wire)}
              close={() => setContext(undefined)}
            />
          )}
          {connecting === undefined ? null : (
            <ConnectMenu node={connecting} tools={tools} close={() => setConnecting(undefined)} />
          )}
          {asking.asked === undefined ? null : (
            <AddMenu asked={asking.asked} pick={asking.pick} close={asking.close} />
          )}
        </main>
        <EditorBoundary what="panel" unsaved={unsaved}>
          <Panel tools={tools} flowOpen={settings} setFlowOpen={setSettings} />
        </EditorBoundary>
        {phone.place === undefined ? null : (
          <EditorBoundary what="panel" unsaved={unsaved}>
            {phone.place}
          </EditorBoundary>
        )}
      </div>
      {view === undefined || view === 'palette' ? null : (
        <EditorBoundary key={view} what="dialog" unsaved={unsaved} close={close}>
          {view === 'json' ? <JsonView edited={jsonEdit} setEdited={setJsonEdit} close={close} /> : null}
          {view === 'help' ? <Shortcuts kit={kit} close={close} /> : null}
          {view === 'publish' ? (
            <PublishDialog
              {...{ remote, state, close }}
              mayDespite={may.despite === true}
              done={setPublished}
            />
          ) : null}
          {view === 'scripts' && remote.scripts !== undefined ? (
            <Suspense>
              <ScriptPane scripts={remote.scripts} work={scriptWork} setWork={setScriptWork} close={close} />
            </Suspense>
          ) : null}
        </EditorBoundary>
      )}
      <EditorBoundary what="dialog" unsaved={unsaved} close={() => state.showConflict(undefined)}>
        <ConflictDialog state={state} user={user} />
      </EditorBoundary>
    </div>
  );
}

/** The menu of modules: where it was asked for, and what becomes of the answer. */
function useAsking(tools: ReturnType<typeof useTools>) {
  const [asked, setAsked] = useState<AddRequest | undefined>(undefined);
  return useMemo(
    () => ({
      asked,
      close: () => setAsked(undefined),
      ask: (screen: AddRequest['screen'], from?: AddRequest['from']) =>
        setAsked({ screen, ...(from ? { from } : {}) }),
      askAfter(source: string, exit: string) {
        setAsked({ screen: tools.windowAt(tools.next(source).at), from: { source, exit } });
      },
      askNext() {
        const { at, from } = tools.next();
        setAsked({ screen: tools.windowAt(at), ...(from ? { from } : {}) });
      },
      pick(type: string) {
        if (asked === undefined) return;
        const [x, y] = tools.drawingAt(...asked.screen);
        // A connection that was dropped leads to the entry, which is at the upper left.
        if (type === noteChoice) tools.addNote([x, y]);
        else tools.addAt(type, asked.from === undefined ? [x, y] : [x, y - measure.head / 2], asked.from);
        setAsked(undefined);
      },
    }),
    [asked, tools],
  );
}

/** What keys and the bar open. */
function useOpeners(saver: Saver, { save }: SaveState, show: (view: View) => void, add: () => void) {
  const { t } = useTranslation();
  const store = useDocumentStore();
  const { mayEdit } = useEditorContext();
  return useMemo(
    () => ({
      save() {
        if (!mayEdit) return;
        // A key comes before what was typed last is drawn, so the state that is drawn does not tell.
        store.flush();
        const { unsaved } = saver;
        void save().then((saved) => {
          const content = t(unsaved ? 'saving.done' : 'saving.nothing');
          if (saved) toast.success(content, { key: 'save', seconds: 2 });
        });
      },
      find: () => show('find'),
      help: () => show('help'),
      json: () => show('json'),
      palette: () => show('palette'),
      add,
    }),
    [saver, store, save, show, add, t, mayEdit],
  );
}
