import { useDocumentStore } from '../documentstore.ts';

/** Makes each choice a step of its own, which can be undone alone: two choices in a row are no typing. */
export function useChoosing<Value>(choose: (value: Value) => void): (value: Value) => void {
  const store = useDocumentStore();
  return (value) => {
    store.endStep();
    choose(value);
    store.endStep();
  };
}
