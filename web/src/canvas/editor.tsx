import { useQuery } from '@tanstack/react-query';
import { ReactFlowProvider, useReactFlow } from '@xyflow/react';
import { App } from 'antd';
import { type ReactNode, useDeferredValue, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { check } from '../../../lib/engine/check.ts';
import { nodeOf } from '../../../lib/flow/flow.ts';
import { AddMenu, type Asked } from './addmenu.tsx';
import { Board } from './board.tsx';
import { ConflictDialog } from './conflict.tsx';
import { Desk, DeskContext, useDesk, useFlow, useSight } from './desk.ts';
import { Finder } from './finder.tsx';
import { placeOf, shapeOf } from './geometry.ts';
import { JsonView } from './json.tsx';
import { KeptOffer } from './kept.tsx';
import { useKeyboard } from './keyboard.ts';
import { withLayout } from './layout.ts';
import { Palette } from './palette.tsx';
import { Panel } from './panel.tsx';
import { Problems } from './problems.tsx';
import { PublishDialog } from './publish.tsx';
import type { Draft, Remote } from './remote.ts';
import { useSaving } from './save.ts';
import { Shortcuts } from './shortcuts.tsx';
import { type Surroundings, SurroundingsContext, useSurroundings } from './surroundings.ts';
import { useTools } from './tools.ts';
import { Topbar } from './topbar.tsx';
import { Zoom } from './zoom.tsx';
import './editor.css';
import './panels.css';

/** What the editor is given by the page around it. */
export interface EditorProps {
  /** The draft as it was read; the editor works on a copy. Another flow needs another `key`. */
  readonly draft: Draft;
  readonly remote: Remote;
  /** What the user's role may do; what it may not is not offered. */
  readonly may: { readonly edit: boolean; readonly publish: boolean };
  readonly back: () => void;
  /** What the page shows at the far right of the bar, such as who is signed in. */
  readonly extra?: ReactNode;
}

/** The editor of one flow: palette, canvas, forms, saving and publishing. */
export function Editor({ draft, ...props }: EditorProps) {
  // A flow that was written by hand has no places; it gets them here, and whoever saves it, saves them.
  const [placed] = useState(() => ({ ...draft, flow: withLayout(draft.flow) }));
  const [desk] = useState(() => new Desk(placed.flow));
  return (
    <DeskContext value={desk}>
      <ReactFlowProvider>
        <Surrounded {...props} draft={placed} />
      </ReactFlowProvider>
    </DeskContext>
  );
}

function Surrounded(props: EditorProps) {
  const { remote, may, draft } = props;
  const flow = useDeferredValue(useFlow());
  const groups = useQuery({ queryKey: ['groups', draft.flow.id], queryFn: () => remote.groups() }).data;
  const problems = useMemo(() => {
    const known = groups === undefined ? {} : { groups: new Set(groups.map(({ id }) => id)) };
    return check(flow, known);
  }, [flow, groups]);
  const surroundings = useMemo<Surroundings>(
    () => ({ mayEdit: may.edit, groups: groups ?? [], problems }),
    [may.edit, groups, problems],
  );
  return (
    <SurroundingsContext value={surroundings}>
      <Room {...props} />
    </SurroundingsContext>
  );
}

type View = 'find' | 'json' | 'help' | 'publish';

function Room({ draft, remote, may, back, extra }: EditorProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const desk = useDesk();
  const canvas = useReactFlow();
  const tools = useTools();
  const state = useSaving(draft, remote, may.edit);
  const { mayEdit } = useSurroundings();
  const [view, setView] = useState<View | undefined>(undefined);
  const [problemsOpen, setProblemsOpen] = useState(false);
  const [flowOpen, setFlowOpen] = useState(false);
  const [map, setMap] = useState(true);
  const [asked, setAsked] = useState<Asked | undefined>(undefined);
  const close = () => setView(undefined);
  useJumping();

  const { save: saveNow } = state;
  const openers = useMemo(
    () => ({
      save() {
        if (!mayEdit) return;
        void saveNow().then((saved) => {
          if (saved) void message.success({ content: t('saving.done'), key: 'save', duration: 2 });
        });
      },
      find: () => setView('find'),
      help: () => setView('help'),
      add() {
        const { at, from } = tools.next();
        const { x, y } = canvas.flowToScreenPosition({ x: at[0], y: at[1] });
        setAsked({ screen: [x, y], ...(from === undefined ? {} : { from }) });
      },
      escape: () => desk.select([]),
    }),
    [saveNow, tools, canvas, desk, message, t, mayEdit],
  );
  useKeyboard(tools, openers, mayEdit);
  const pick = (type: string) => {
    const { x, y } = canvas.screenToFlowPosition({ x: asked?.screen[0] ?? 0, y: asked?.screen[1] ?? 0 });
    // A connection that was dropped leads to the entry, which is at the upper left.
    tools.addAt(type, asked?.from === undefined ? [x, y] : [x, y - 24], asked?.from);
    setAsked(undefined);
  };

  return (
    <div className="editor">
      <Topbar
        tools={tools}
        state={state}
        mayPublish={may.publish}
        back={back}
        save={openers.save}
        extra={extra}
        views={{
          find: openers.find,
          help: openers.help,
          json: () => setView('json'),
          publish: () => setView('publish'),
          problems: () => setProblemsOpen(!problemsOpen),
          settings() {
            desk.select([]);
            setFlowOpen(!flowOpen);
          },
        }}
      />
      <div className="workbench">
        {mayEdit ? <Palette tools={tools} /> : null}
        <main className="stage">
          <Board
            tools={tools}
            map={map}
            ask={(screen, from) => setAsked({ screen, ...(from ? { from } : {}) })}
          />
          <Zoom map={map} toggleMap={() => setMap(!map)} />
          {mayEdit ? <KeptOffer draft={draft} state={state} /> : null}
          {problemsOpen ? <Problems close={() => setProblemsOpen(false)} /> : null}
          {view === 'find' ? <Finder close={close} /> : null}
          {asked === undefined ? null : (
            <AddMenu asked={asked} pick={pick} close={() => setAsked(undefined)} />
          )}
        </main>
        <Panel tools={tools} flowOpen={flowOpen} closeFlow={() => setFlowOpen(false)} />
      </div>
      {view === 'json' ? <JsonView close={close} /> : null}
      {view === 'help' ? <Shortcuts close={close} /> : null}
      {view === 'publish' ? <PublishDialog remote={remote} state={state} close={close} /> : null}
      <ConflictDialog state={state} />
    </div>
  );
}

/** Moves the canvas to the node that was asked to be shown. */
function useJumping(): void {
  const desk = useDesk();
  const canvas = useReactFlow();
  const spot = useSight((sight) => sight.spot);
  useEffect(() => {
    const node = spot?.node === undefined ? undefined : nodeOf(desk.flow, spot.node);
    if (node === undefined || spot?.node === undefined) return;
    const [x, y] = placeOf(desk.flow, spot.node);
    const { width, height } = shapeOf(node);
    const zoom = Math.max(canvas.getZoom(), 0.8);
    void canvas.setCenter(x + width / 2, y + height / 2, { zoom, duration: 300 });
  }, [spot, desk, canvas]);
}
