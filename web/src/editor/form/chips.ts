import { type MouseEvent, type RefObject, useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { placeIn, segmentsOf, writtenIn } from './completion.ts';

/** What chips show beside the text that they stand in. */
interface ChipWords {
  /** The names that the text may use. */
  readonly variables: readonly string[];
  /** What people call a variable; empty if that is its name. */
  readonly called: (variable: string) => string;
  /** What is added for a variable that is read out digit by digit. */
  readonly spelled: string;
}

/**
 * Draws a text as it is read while nobody writes in it: each variable is a chip with what people call it, and its `${…}` as its title.
 * A text without variables needs no such drawing, which is then hidden.
 */
function drawChips(over: HTMLElement | null, text: string, words: ChipWords): void {
  if (over === null) return;
  const stretches = segmentsOf(text, words.variables);
  over.hidden = !stretches.some(({ is }) => is === 'variable');
  const read = over.hidden ? [] : stretches;
  over.replaceChildren(
    ...read.map(({ text: written, is }) => {
      if (is === 'words') return written;
      const chip = document.createElement('mark');
      chip.title = written;
      chip.textContent = is === 'wrong' ? written : wordsOf(written, words);
      if (is === 'wrong') chip.className = 'is-wrong';
      return chip;
    }),
  );
}

function wordsOf(written: string, { called, spelled }: ChipWords): string {
  const { name, isSpelled } = writtenIn(written);
  const shown = called(name) || name;
  return isSpelled ? `${shown} · ${spelled}` : shown;
}

/** The place in the text of a place of the window over its drawing; its end if the browser cannot tell. */
function placeUnder(over: HTMLElement, text: string, variables: readonly string[], x: number, y: number) {
  const found = document.caretPositionFromPoint?.(x, y);
  if (!found || !over.contains(found.offsetNode)) return text.length;
  const { offsetNode, offset } = found;
  const stretches = segmentsOf(text, variables);
  if (offsetNode === over) return placeIn(stretches, offset, 0);
  const index = [...over.childNodes].findIndex((child) => child.contains(offsetNode));
  return placeIn(stretches, index, offset);
}

/** The drawing over a text field, in which its variables are chips; a press in it goes to that place of the text. */
export function useChips(
  field: RefObject<HTMLTextAreaElement | null>,
  variables: readonly string[],
  called: (variable: string) => string,
) {
  const { t } = useTranslation();
  const over = useRef<HTMLDivElement>(null);
  const draw = () =>
    drawChips(over.current, field.current?.value ?? '', {
      variables,
      called,
      spelled: t('form.digitByDigit'),
    });
  // It depends on the text, the names and the language. While somebody writes, only pauses come here.
  useLayoutEffect(draw);
  return {
    over,
    draw,
    press(event: MouseEvent<HTMLElement>) {
      const { current } = field;
      if (event.button !== 0 || current === null) return;
      event.preventDefault();
      const place = placeUnder(event.currentTarget, current.value, variables, event.clientX, event.clientY);
      current.focus();
      current.setSelectionRange(place, place);
    },
  };
}
