import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NodeIcon, NoteIcon } from '../canvas/nodeicon.tsx';
import { find } from '../document/search.ts';
import { kindOf } from '../document/things.ts';
import { useNames } from '../words/naming.ts';
import { useDocumentStore, useFlow } from './documentstore.ts';

/** Looks for nodes and notes by all that stands in them; choosing one jumps to it and selects it. */
export function Finder({ close }: { close: () => void }) {
  const { t } = useTranslation();
  const names = useNames();
  const store = useDocumentStore();
  const flow = useFlow();
  const [query, setQuery] = useState('');
  const hits = find(flow, query, names.type);
  return (
    <div className="finder">
      <Select
        open
        autoFocus
        size="large"
        value={null}
        showSearch={{ filterOption: false, onSearch: setQuery }}
        style={{ width: 'min(480px, calc(100vw - 32px))' }}
        listHeight={360}
        placeholder={t('canvas.findPlaceholder')}
        aria-label={t('canvas.find')}
        notFoundContent={query === '' ? null : t('canvas.nothingFound')}
        options={hits.map((hit, index) => ({ value: index, hit }))}
        optionRender={({ data: { hit } }) => (
          <span className="add-option">
            {kindOf(hit.node ?? '') === 'node' ? (
              <NodeIcon type={flow.nodes[hit.node ?? '']?.type ?? ''} />
            ) : (
              <NoteIcon />
            )}
            <span>
              {hit.node === undefined ? flow.name : names.nodeAt(flow, hit.node)}
              <small>{hit.text}</small>
            </span>
          </span>
        )}
        onSelect={(index) => {
          const hit = hits[Number(index)];
          if (hit !== undefined) store.show(hit);
          close();
        }}
        onBlur={close}
        onKeyDown={({ key, nativeEvent }) => {
          // An input method has an Escape of its own.
          if (key === 'Escape' && !nativeEvent.isComposing) close();
        }}
      />
    </div>
  );
}
