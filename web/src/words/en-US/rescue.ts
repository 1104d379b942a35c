/** Ways on if a part of the editor broke, or work cannot be shown. */
export const rescue = {
  canvas: 'The canvas cannot show this flow',
  panel: 'These settings cannot be shown',
  dialog: 'This cannot be shown',
  editor: 'The editor cannot show this flow',
  text: 'Unsaved changes stay in this browser and are offered again when you open the flow.',
  undo: 'Undo the last step',
  again: 'Try again',
  download: 'Download the flow as it is here',
  without: 'Open it without my unsaved changes',
  keptTitle: 'There are unsaved changes that cannot be shown',
  keptText:
    'This browser has kept changes of this flow in a form that this release of the console does not know. You can download them, and import the flow in the file if it holds one.',
  keptDownload: 'Download them',
  misshapen: 'This flow cannot be opened',
  misshapenText:
    'This page does not know the shape of the document. If the system was just updated, reload the page.',
  documentDownload: 'Download the document',
} as const;
