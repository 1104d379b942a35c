import './choices.css';

interface FilterButtonsProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly label: string; readonly count?: number }[];
  readonly choose: (value: Value) => void;
}

/** What a list is filtered by, one of a few, each with how many rows it has. */
export function FilterButtons<Value extends string>({
  label,
  value,
  options,
  choose,
}: FilterButtonsProps<Value>) {
  return (
    <fieldset className="states" aria-label={label}>
      {options.map((each) => (
        <button
          key={each.value}
          type="button"
          aria-pressed={each.value === value}
          onClick={() => choose(each.value)}
        >
          {each.label} {each.count === undefined ? null : <small>{each.count}</small>}
        </button>
      ))}
    </fieldset>
  );
}
