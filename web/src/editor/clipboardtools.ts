import type { TFunction } from 'i18next';
import { settingsOf } from '../../../lib/engine/settings.ts';
import { nodeOf } from '../../../lib/flow/flow.ts';
import { boundsOf, type Clip, copy, countOf, type Pasted, paste, readClip } from '../document/clipboard.ts';
import { remove } from '../document/edits.ts';
import type { Box, Point } from '../document/geometry.ts';
import type { DocumentStore } from '../document/store.ts';
import { freePlace } from '../document/things.ts';
import type { Group } from '../draft/remote.ts';
import { problemLine } from '../words/sentences.ts';

/** How nodes are copied and pasted. */
export interface ClipboardTools {
  /** Gives the selection as text for the clipboard; `undefined` if nothing can be copied. */
  copySelection(): string | undefined;
  cutSelection(): string | undefined;
  /** Puts what was copied near the pointer, or near the middle of what is seen, where there is room, and brings it into view. */
  pasteText(text: string): void;
  duplicate(): void;
}

interface Kit {
  readonly store: DocumentStore;
  readonly t: TFunction;
  /** The skill groups that are known. */
  readonly groups: () => readonly Group[];
  readonly say: (text: string) => void;
  readonly warn: (text: string) => void;
  /** Where the pointer is, else the middle of what is seen. */
  readonly pointed: () => Point;
  /** The part of the drawing that is seen. */
  readonly seen: () => Box | undefined;
  /** Brings things into view that were just put there. */
  readonly reveal: (ids: readonly string[]) => void;
}

/** How far a duplicate stands from what it was made of. */
const aside = 40;

/** The tools that copy and paste. */
export function clipboardTools(kit: Kit): ClipboardTools {
  const { store, t, say, warn, pointed } = kit;
  /** What is selected, without the start, which alone cannot be taken along. */
  const take = () => {
    const clip = copy(store.flow, store.selectedWithHidden);
    if (clip === undefined && store.selected.length > 0) warn(t('canvas.startOnce'));
    return clip;
  };
  const tools: ClipboardTools = {
    copySelection() {
      const clip = take();
      if (clip === undefined) return undefined;
      const { nodes, notes } = countOf(clip);
      say(t(notes === 0 ? 'canvas.copied' : 'canvas.copiedThings', { count: nodes + notes }));
      return JSON.stringify(clip, undefined, 2);
    },
    cutSelection() {
      const text = tools.copySelection();
      if (text !== undefined) store.apply(remove(store.flow, store.selectedWithHidden, [], 'cut'));
      return text;
    },
    pasteText(text) {
      const { clip, problems } = readClip(text);
      if (clip !== undefined) put(kit, clip, pointed(), 'paste');
      else if (problems === undefined) warn(t('canvas.notClip'));
      else warn(t('canvas.badClip', { problem: problemLine(problems) }));
    },
    duplicate() {
      const clip = take();
      if (clip === undefined) return;
      const { x, y } = boundsOf(clip);
      put(kit, clip, [x + aside, y + aside], 'duplicate');
    },
  };
  return tools;
}

function put(kit: Kit, clip: Clip, at: Point, did: 'paste' | 'duplicate'): void {
  const { store, warn } = kit;
  // Notes lie behind nodes: they need no room of their own.
  const free = countOf(clip).nodes === 0 ? at : freePlace(store.flow, at, boundsOf(clip), kit.seen());
  const pasted = paste(store.flow, clip, free, did);
  store.apply(pasted);
  kit.reveal(pasted.select ?? []);
  const told = report(kit, pasted);
  if (told !== '') warn(told);
}

/** What a paste had to leave out, and what it brought that is not known here. */
function report({ t, ...kit }: Kit, { lost, left, flow, select = [] }: Pasted): string {
  const groups = kit.groups();
  const known = new Set(groups.map(({ id }) => id));
  const wanted = select.flatMap((id) => {
    const node = nodeOf(flow, id);
    const settings = settingsOf(node?.type ?? '').filter(
      ({ field }) => field.field === 'reference' && field.resource === 'groups',
    );
    return settings.map(({ name }) => node?.[name]).filter((group) => typeof group === 'string');
  });
  const missing = new Set(groups.length === 0 ? [] : wanted.filter((group) => !known.has(group)));
  return [
    lost.length > 0 ? t('canvas.lost', { count: lost.length }) : '',
    left.length > 0 ? t('canvas.left') : '',
    missing.size > 0 ? t('canvas.unknownGroups', { names: [...missing].join(' ') }) : '',
  ]
    .filter(Boolean)
    .join(' ');
}
