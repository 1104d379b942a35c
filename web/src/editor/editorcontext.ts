import { createContext, useContext } from 'react';
import type { Problem } from '../../../lib/flow/problem.ts';
import type { Group, OtherFlow } from '../draft/remote.ts';

/** What the parts of the editor know beside the document. */
export interface EditorContextValue {
  /** Whether the user may change the flow. */
  readonly mayEdit: boolean;
  readonly groups: readonly Group[];
  /** All flows, this one among them. */
  readonly flows: readonly OtherFlow[];
  readonly schedules: readonly Group[];
  readonly connections: readonly Group[];
}

/** What the parts of the editor know beside the document. */
export const EditorContext = createContext<EditorContextValue>({
  ...{ mayEdit: false, groups: [], flows: [], schedules: [], connections: [] },
});

/** All that is wrong with the document. It is apart, since it changes as one writes: few parts are drawn again then. */
export const ProblemsContext = createContext<readonly Problem[]>([]);

/** What the parts of the editor know beside the document. */
export function useEditorContext(): EditorContextValue {
  return useContext(EditorContext);
}

/** All that is wrong with the document, a moment late in large ones. */
export function useProblems(): readonly Problem[] {
  return useContext(ProblemsContext);
}
