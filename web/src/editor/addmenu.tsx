import { Select } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NodeIcon, NoteIcon } from '../canvas/nodeicon.tsx';
import type { Point } from '../document/geometry.ts';
import { useNames } from '../words/naming.ts';
import { isSecondStart, type OpenExit } from './addtools.ts';
import { useDocumentStore } from './documentstore.ts';
import { useModuleSearch } from './modulesearch.ts';

/** Where a module shall be added, in pixels of the window, and after which exit. */
export interface AddRequest {
  readonly screen: Point;
  readonly from?: OpenExit;
}

/** What stands for a note among the modules; no type is called so. */
export const noteChoice = 'note:';

/** The room that the menu takes with its list, and what it leaves at the right, in pixels. */
const room = { width: 240, height: 300, rim: 20 } as const;

interface AddMenuProps {
  readonly asked: AddRequest;
  /** Called with a type, or the choice of a note. */
  readonly pick: (type: string) => void;
  readonly close: () => void;
}

/** The modules and the note as a menu at a place: type to narrow it down, Enter to choose, Escape to leave. */
export function AddMenu({ asked: { screen, from }, pick, close }: AddMenuProps) {
  const { t } = useTranslation();
  const names = useNames();
  const store = useDocumentStore();
  const { find, load } = useModuleSearch();
  const [query, setQuery] = useState('');
  useEffect(load, [load]);
  const modules = find(query)
    .filter((type) => !isSecondStart(store, type))
    .map((type) => ({ value: type, label: names.type(type), about: names.about(type) }));
  const note = { value: noteChoice, label: t('canvas.note'), about: t('canvas.noteAbout') };
  const isNote = note.label.toLocaleLowerCase().includes(query.trim().toLocaleLowerCase());
  // No connection leads to a note.
  const options = from === undefined && isNote ? [...modules, note] : modules;
  const left = Math.min(screen[0], window.innerWidth - room.width - room.rim);
  const top = Math.min(screen[1], window.innerHeight - room.height);
  return (
    <div className="add-menu" style={{ left, top }}>
      <Select
        open
        autoFocus
        showSearch={{ filterOption: false, onSearch: setQuery }}
        notFoundContent={t('canvas.nothingFound')}
        defaultActiveFirstOption
        virtual={false}
        style={{ width: room.width }}
        placeholder={t('canvas.addHere')}
        aria-label={t('canvas.addHere')}
        options={options}
        optionRender={({ data }) => (
          <span className="add-option">
            {data.value === noteChoice ? <NoteIcon /> : <NodeIcon type={data.value} />}
            <span>
              {data.label}
              <small>{data.about}</small>
            </span>
          </span>
        )}
        onSelect={(type: string) => pick(type)}
        onBlur={close}
        onKeyDown={({ key, nativeEvent }) => {
          // An input method has an Escape of its own.
          if (key === 'Escape' && !nativeEvent.isComposing) close();
        }}
      />
    </div>
  );
}
