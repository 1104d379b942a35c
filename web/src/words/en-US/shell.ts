/** What stands around the pages. */
export const shell = {
  brokenTitle: 'Something broke here',
  brokenText: 'Your unsaved changes are kept in this browser and offered again.',
  reload: 'Reload the page',
  language: 'Language',
  appearance: 'Appearance',
  light: 'Light',
  dark: 'Dark',
  system: 'As the system',
  close: 'Close',
  remove: 'Remove',
  /** The API says what is wrong with a field, in English: `is a day that …`. */
  refused: 'It {{rest}}',
} as const;
