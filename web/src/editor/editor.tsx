import { useQuery } from '@tanstack/react-query';
import { ReactFlowProvider } from '@xyflow/react';
import { type ReactNode, useDeferredValue, useMemo, useRef, useState } from 'react';
import { check } from '../../../lib/engine/check.ts';
import type { Facts, FlowFact } from '../../../lib/engine/facts.ts';
import { hasSettingFor } from '../../../lib/engine/uses.ts';
import type { Flow } from '../../../lib/flow/flow.ts';
import { holidaysEndSoon } from '../../../lib/flow/holidayend.ts';
import { same } from '../../../lib/flow/same.ts';
import { type ResourceName, ResourceNameContext } from '../canvas/resourcename.ts';
import { DocumentStore } from '../document/store.ts';
import type { Group, KnownSchedule, OtherFlow, Remote } from '../draft/remote.ts';
import { withLayout } from '../layout/layout.ts';
import { useEnteredFlows } from '../phone/enteredflows.ts';
import { Announcements, AnnouncementsContext } from './announcements.ts';
import { CanvasElementContext } from './canvaselement.ts';
import { DocumentStoreContext, useFlow } from './documentstore.ts';
import { EditorBoundary } from './editorboundary.tsx';
import { EditorContext, type EditorContextValue, ProblemsContext } from './editorcontext.ts';
import { EditorLayout } from './editorlayout.tsx';
import { foldedIn } from './foldtools.ts';
import { AnalysisContext, useFlowAnalysis } from './proof/analysis.ts';
import { useWorker } from './proof/useworker.ts';
import type { EditorProps } from './props.ts';
import './editor.css';
import './panels.css';
import './narrow.css';

/** The editor of one flow: palette, canvas, forms, saving and publishing. */
export function Editor({ draft, ...props }: EditorProps) {
  // A flow that was written by hand has no places; it gets them here, and they are saved with it.
  const [placed] = useState(() => ({ ...draft, flow: withLayout(draft.flow) }));
  const [store] = useState(() => new DocumentStore(placed.flow, foldedIn(placed.flow.id)));
  const [announcements] = useState(() => new Announcements());
  const canvasElement = useRef<HTMLElement>(null);
  return (
    <DocumentStoreContext value={store}>
      <EditorBoundary what="editor" leave={props.back}>
        <ReactFlowProvider>
          <EditorContextProvider remote={props.remote} mayEdit={props.may.edit}>
            <CanvasElementContext value={canvasElement}>
              <AnnouncementsContext value={announcements}>
                <EditorLayout {...props} draft={placed} />
              </AnnouncementsContext>
            </CanvasElementContext>
          </EditorContextProvider>
        </ReactFlowProvider>
      </EditorBoundary>
    </DocumentStoreContext>
  );
}

interface EditorContextProviderProps {
  readonly remote: Remote;
  readonly mayEdit: boolean;
  readonly children: ReactNode;
}

/** Up to how many nodes a flow is checked before it is drawn: this many take a few milliseconds. */
const usualNodes = 300;

/** What is known of the things that a flow can name. */
interface Known {
  readonly groups: readonly Group[] | undefined;
  readonly flows: readonly OtherFlow[] | undefined;
  readonly schedules: readonly KnownSchedule[] | undefined;
  readonly connections: readonly Group[] | undefined;
  /** The live versions of the flows that calls may enter. */
  readonly entered: ReadonlyMap<string, Flow>;
}

const noFlows: ReadonlyMap<string, Flow> = new Map();

function endingIn(schedules: readonly KnownSchedule[]): ReadonlyMap<string, string> {
  const ends = schedules.flatMap(({ id, holidaysUntil: last }): [string, string][] =>
    last !== undefined && holidaysEndSoon(last, Date.now()) ? [[id, last]] : [],
  );
  return new Map(ends);
}

/** What a flow is checked against; what is not known yet is not checked. */
function factsFrom(own: string, { groups, flows, schedules, connections, entered }: Known): Facts {
  const ids = (list: readonly Group[]) => new Set(list.map(({ id }) => id));
  const factOf = ({ id, live }: OtherFlow): [string, FlowFact] => {
    const document = entered.get(id);
    return [id, { live: live !== undefined || id === own, ...(document && { document }) }];
  };
  return {
    ...(groups === undefined ? {} : { groups: ids(groups) }),
    ...(schedules === undefined ? {} : { schedules: ids(schedules), holidaysEnd: endingIn(schedules) }),
    ...(connections === undefined ? {} : { connections: ids(connections) }),
    ...(flows === undefined ? {} : { flows: new Map(flows.map(factOf)) }),
  };
}

/** Finds the problems and the groups for all inside. */
function EditorContextProvider({ remote, mayEdit, children }: EditorContextProviderProps) {
  const flow = useDeferredValue(useFlow());
  const groups = useQuery({
    queryKey: ['groups', flow.id],
    queryFn: () => remote.groups(),
    // A flow without transfers opens in one request.
    enabled: hasSettingFor('groups', flow),
  }).data;
  const flows = useQuery({
    queryKey: ['flows', 'of', flow.id],
    queryFn: () => remote.flows(),
    enabled: hasSettingFor('flows', flow),
  }).data;
  const schedules = useQuery({
    queryKey: ['schedules', 'of', flow.id],
    queryFn: () => remote.schedules(),
    enabled: hasSettingFor('schedules', flow),
  }).data;
  const connections = useQuery({
    queryKey: ['connections', 'of', flow.id],
    queryFn: () => remote.connections(),
    enabled: hasSettingFor('connections', flow),
  }).data;
  const entered = useEnteredFlows(flow, remote.scripts) ?? noFlows;
  const question = useMemo(() => {
    const known = { groups, flows, schedules, connections, entered };
    return { ask: 'check', flow, facts: factsFrom(flow.id, known) } as const;
  }, [flow, groups, flows, schedules, connections, entered]);
  // A usual flow is drawn with its problems; of a large one they come from a worker once it is drawn, as all later ones do.
  const [first] = useState(() =>
    Object.keys(flow.nodes).length > usualNodes ? [] : check(flow, question.facts),
  );
  const found = useWorker(question, 0) ?? first;
  const [problems, setProblems] = useState(found);
  if (!same(found, problems)) setProblems(found);
  const analysis = useFlowAnalysis(flow, entered, schedules);
  const editorContext = useMemo<EditorContextValue>(
    () => ({
      mayEdit,
      groups: groups ?? [],
      flows: flows ?? [],
      schedules: schedules ?? [],
      connections: connections ?? [],
    }),
    [mayEdit, groups, flows, schedules, connections],
  );
  const called = useMemo<ResourceName>(() => {
    const known = { groups, flows, schedules, connections };
    return (resource, id) =>
      resource === 'audio' ? id : (known[resource]?.find((each) => each.id === id)?.name ?? id);
  }, [groups, flows, schedules, connections]);
  return (
    <EditorContext value={editorContext}>
      <ProblemsContext value={problems}>
        <ResourceNameContext value={called}>
          <AnalysisContext value={analysis}>{children}</AnalysisContext>
        </ResourceNameContext>
      </ProblemsContext>
    </EditorContext>
  );
}
