import { createContext, useContext } from 'react';

/** What the user has chosen: one of the two, or what the system says. */
export type Choice = 'light' | 'dark' | 'system';

interface Appearance {
  readonly choice: Choice;
  readonly dark: boolean;
  choose(choice: Choice): void;
}

/** The appearance that the theme around gives. */
export const AppearanceContext = createContext<Appearance>({
  choice: 'system',
  dark: false,
  choose: () => {},
});

/** The appearance that is shown, what was chosen, and how to choose another. */
export function useAppearance(): Appearance {
  return useContext(AppearanceContext);
}
