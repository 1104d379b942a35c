import { useQueryClient } from '@tanstack/react-query';
import { AutoComplete, Button } from 'antd';
import { Suspense, useContext, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Resource } from '../../../../lib/flow/uses.ts';
import { useNames } from '../../words/naming.ts';
import { useDocumentStore } from '../documentstore.ts';
import { useEditorContext } from '../editorcontext.ts';
import { GroupMakerContext } from './groupmaker.ts';
import type { ControlProps } from './props.ts';

/**
 * Chooses something outside the flow: it is shown by its name and kept by its id. Another flow can be opened beside, a skill group
 * be made, and the page be opened on which schedules or connections are made.
 */
export function ReferenceControl({
  resource,
  type,
  path,
  at,
  value,
  onChange,
}: ControlProps & { readonly resource: Exclude<Resource, 'audio'> }) {
  const { t } = useTranslation();
  const { [resource]: known, mayEdit } = useEditorContext();
  const names = useNames();
  const store = useDocumentStore();
  const [typed, setTyped] = useState<string | undefined>(undefined);
  const id = typeof value === 'string' ? value : '';
  const chosen = known.find((each) => each.id === id);
  const change = (text: string) => {
    setTyped(text);
    const named = known.find((each) => each.name === text.trim())?.id ?? text;
    onChange(named === '' ? undefined : named);
  };
  const end = () => {
    setTyped(undefined);
    store.endStep();
  };
  return (
    <>
      <AutoComplete
        aria-label={names.field(type, at)}
        disabled={!mayEdit}
        style={{ width: '100%' }}
        value={typed ?? chosen?.name ?? id}
        placeholder={names.example(type, path)}
        options={known.map((each) => ({ value: each.id, label: `${each.name} (${each.id})` }))}
        onChange={change}
        onSelect={end}
        onBlur={end}
      />
      {resource === 'flows' && chosen !== undefined ? (
        <a href={`/flows/${encodeURIComponent(chosen.id)}`} target="_blank" rel="noreferrer">
          {t('form.openFlow', { name: chosen.name })}
        </a>
      ) : null}
      {chosen === undefined && isOnAPage(resource) ? (
        <a href={`/${resource}`} target="_blank" rel="noreferrer">
          {t(`form.to.${resource}`)}
        </a>
      ) : null}
      {resource === 'groups' && mayEdit ? <MakeGroup made={onChange} /> : null}
    </>
  );
}

/** Whether such resources are made on a page of their own, which is opened beside the editor. */
function isOnAPage(resource: Resource): resource is 'schedules' | 'connections' {
  return resource === 'schedules' || resource === 'connections';
}

/** Makes a skill group and takes it; nothing if the user may not. */
function MakeGroup({ made }: { made: (id: string) => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const Maker = useContext(GroupMakerContext);
  const [open, setOpen] = useState(false);
  if (Maker === undefined) return null;
  const saved = (id: string) => {
    made(id);
    void queries.invalidateQueries({ queryKey: ['groups'] });
  };
  return (
    <>
      <Button type="link" size="small" onClick={() => setOpen(true)}>
        {t('centre.addGroup')}
      </Button>
      <Suspense>{open ? <Maker saved={saved} close={() => setOpen(false)} /> : null}</Suspense>
    </>
  );
}
