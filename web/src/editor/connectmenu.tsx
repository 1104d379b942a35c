import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { targetOf } from '../../../lib/flow/flow.ts';
import { NodeIcon } from '../canvas/nodeicon.tsx';
import { freeExit, portsOf } from '../document/ports.ts';
import { refusedFrom } from '../document/wires.ts';
import { useNames } from '../words/naming.ts';
import { useDocumentStore, useFlow } from './documentstore.ts';
import { Menu } from './menu.tsx';
import type { Tools } from './tools.ts';

interface ConnectMenuProps {
  readonly node: string;
  readonly tools: Tools;
  readonly close: () => void;
}

/** Asks for an exit of a node, if it has several, and then for the node that it shall lead to. */
export function ConnectMenu({ node: id, tools, close }: ConnectMenuProps) {
  const { t } = useTranslation();
  const names = useNames();
  const store = useDocumentStore();
  const flow = useFlow();
  const node = flow.nodes[id];
  const { rows, spare } = node === undefined ? { rows: [], spare: [] } : portsOf(node);
  const exits = [...rows, ...spare];
  const [exit, setExit] = useState(exits.length === 1 ? exits[0] : undefined);
  if (node === undefined || exits.length === 0) return null;
  const leave = () => {
    close();
    tools.focus(id);
  };
  if (exit === undefined) {
    const free = freeExit(node);
    const choices = exits.map((each) => {
      const target = targetOf(node, each);
      const name = names.exit(node.type, each);
      return { value: each, label: name, about: target && `→ ${names.nodeAt(flow, target)}` };
    });
    const first = choices.filter(({ value }) => value === free);
    return (
      <Menu
        key="exit"
        title={t('canvas.connectExit', { name: names.node(node) })}
        choices={[...first, ...choices.filter(({ value }) => value !== free)]}
        pick={setExit}
        close={leave}
      />
    );
  }
  const refused = refusedFrom(flow, id, exit);
  return (
    <Menu
      key="target"
      title={t('canvas.connectTarget', { exit: names.exit(node.type, exit) })}
      choices={Object.entries(flow.nodes)
        .filter(([other]) => !refused.has(other))
        .map(([other, { type }]) => ({
          value: other,
          label: names.nodeAt(flow, other),
          about: other,
          face: <NodeIcon type={type} />,
        }))}
      pick={(target) => {
        store.flush();
        tools.connect(id, exit, target);
        leave();
      }}
      close={leave}
    />
  );
}
