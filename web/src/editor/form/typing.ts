import { type RefObject, useCallback, useEffect, useLayoutEffect, useReducer, useRef } from 'react';
import { firstCharacters } from '../../../../lib/flow/length.ts';
import { useDocumentStore } from '../documentstore.ts';

/** After a pause of so long what was typed is shown on the canvas and checked, in milliseconds. */
const rest = 300;

/** After a pause of so long what is typed next is a step of its own, in milliseconds. */
const step = 1000;

/** So long what is typed may stay in its field while there is no pause, in milliseconds. */
const longest = 3000;

interface TypingKit<Element> {
  readonly field: RefObject<Element | null>;
  readonly value: string;
  /** How many characters it may have. */
  readonly most?: number | undefined;
  readonly onChange: (text: string) => void;
  /** Is told of each letter, such as to draw what stands behind the text. */
  readonly onLetter?: (text: string) => void;
}

/**
 * Lets the browser alone write into a field: React and the document learn of it after a pause, when the field is left, and
 * before anything else is done. A key then costs the same however large the flow is.
 */
export function useTyping<Element extends HTMLInputElement | HTMLTextAreaElement>(kit: TypingKit<Element>) {
  const store = useDocumentStore();
  const latest = useRef(kit);
  const held = useRef<{ since: number; timer: ReturnType<typeof setTimeout> } | undefined>(undefined);
  const steps = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const [, drawAgain] = useReducer((count: number) => count + 1, 0);
  const { field, value } = kit;
  useLayoutEffect(() => {
    latest.current = kit;
    if (field.current === null || held.current !== undefined || field.current.value === value) return;
    field.current.value = value;
    kit.onLetter?.(value);
  });
  useEffect(
    () => () => {
      clearTimeout(steps.current);
      clearTimeout(held.current?.timer);
    },
    [],
  );

  /** Has the text in the field recorded when the time comes. */
  const typed = useCallback(() => {
    const { current: element } = latest.current.field;
    if (element === null) return;
    const { most } = latest.current;
    const text = most === undefined ? element.value : firstCharacters(element.value, most);
    if (text !== element.value) element.value = text;
    latest.current.onLetter?.(text);
    const since = held.current?.since ?? performance.now();
    clearTimeout(held.current?.timer);
    clearTimeout(steps.current);
    const left = since + longest - performance.now();
    const timer = setTimeout(() => store.flush(), Math.max(0, Math.min(rest, left)));
    held.current = { since, timer };
    store.holdTyping(() => {
      clearTimeout(timer);
      held.current = undefined;
      latest.current.onChange(text);
      // What is done next may take it back at once, and then nothing else would tell the field.
      drawAgain();
      steps.current = setTimeout(() => store.endStep(), step - rest);
    });
  }, [store]);

  return {
    onInput({ nativeEvent }: { nativeEvent: Event }) {
      // What an input method is still composing is no text yet.
      if ('isComposing' in nativeEvent && nativeEvent.isComposing === true) {
        latest.current.onLetter?.(latest.current.field.current?.value ?? '');
      } else typed();
    },
    onCompositionEnd: typed,
    onBlur: () => store.endStep(),
  };
}
