import { Select, type SelectProps } from 'antd';
import { type KeyboardEvent, useEffect, useEffectEvent, useState } from 'react';
import { useFlows } from './queries.ts';

type FlowSelectProps = Pick<
  SelectProps<string>,
  'id' | 'value' | 'onChange' | 'allowClear' | 'placeholder' | 'aria-label'
>;

/** Chooses a flow by its name. Enter that is pressed before the list of flows is there chooses as soon as it is. */
export function FlowSelect({ onChange, ...props }: FlowSelectProps) {
  const flows = useFlows();
  const [search, setSearch] = useState('');
  /** The name for which Enter waits. */
  const [entered, setEntered] = useState<string | undefined>(undefined);
  const options = flows.data?.map(({ id, name }) => ({ value: id, label: name }));
  const choose = useEffectEvent((wanted: string) => {
    setEntered(undefined);
    const found = options?.find(({ label }) => label.toLowerCase().includes(wanted.toLowerCase()));
    if (found !== undefined) onChange?.(found.value, found);
  });
  const isThere = options !== undefined;
  useEffect(() => {
    if (isThere && entered !== undefined) choose(entered);
  }, [isThere, entered]);
  const press = ({ key, nativeEvent }: KeyboardEvent) => {
    if (key === 'Enter' && !nativeEvent.isComposing && !isThere && search !== '') setEntered(search);
  };
  const type = (text: string) => {
    setSearch(text);
    // The list that closes empties the search; only what is typed takes back the Enter.
    if (text !== '') setEntered(undefined);
  };
  return (
    <Select<string>
      {...props}
      {...(onChange === undefined ? {} : { onChange })}
      showSearch={{ optionFilterProp: 'label', onSearch: type }}
      loading={flows.isPending}
      options={options ?? []}
      onKeyDown={press}
    />
  );
}
