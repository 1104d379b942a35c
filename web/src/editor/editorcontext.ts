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
  /** All that is wrong with the document, a moment late in large ones. */
  readonly problems: readonly Problem[];
}

/** What the parts of the editor know beside the document. */
export const EditorContext = createContext<EditorContextValue>({
  ...{ mayEdit: false, groups: [], flows: [], schedules: [], connections: [], problems: [] },
});

/** What the parts of the editor know beside the document. */
export function useEditorContext(): EditorContextValue {
  return useContext(EditorContext);
}
