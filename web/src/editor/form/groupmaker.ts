import { type ComponentType, createContext } from 'react';

/** What a dialog that makes a skill group is told. */
export interface GroupMakerProps {
  /** Learns the id of the group that was made. */
  readonly saved: (id: string) => void;
  readonly close: () => void;
}

/** The dialog that makes a skill group; `undefined` if the user may not. */
export const GroupMakerContext = createContext<ComponentType<GroupMakerProps> | undefined>(undefined);
