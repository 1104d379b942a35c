import { HistoryOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { Button, Drawer, Modal, Timeline } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';
import { listVersions, readVersion, setLive } from '../api/flows.ts';
import { reasonOf } from '../api/refusal.ts';
import { replace } from '../document/edits.ts';
import { useDocumentStore, useEditorState } from '../editor/documentstore.ts';
import type { SaveState } from '../editor/save.ts';
import { withLayout } from '../layout/layout.ts';
import { useApi } from '../session/context.ts';
import { Empty } from '../shell/empty.tsx';
import { HoverTooltip } from '../shell/hovertooltip.tsx';
import { MoreButton, NotLoaded } from '../shell/query.tsx';
import { toast } from '../shell/toast.ts';
import { usePages } from '../shell/usepages.ts';
import { VersionComparison } from './comparison.tsx';
import { VersionEntry } from './entry.tsx';

interface VersionsProps {
  readonly state: SaveState;
  readonly mayEdit: boolean;
  readonly mayGoLive: boolean;
}

/** A button that opens the versions of the flow that is edited: to look at, compare, restore, and make live. */
export function Versions(props: VersionsProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <>
      <HoverTooltip title={t('versions.title')} delay={0.4}>
        <Button
          type="text"
          icon={<HistoryOutlined />}
          aria-label={t('versions.title')}
          onClick={() => setOpen(true)}
        />
      </HoverTooltip>
      <Drawer open={open} onClose={close} title={t('versions.title')} size={420} destroyOnHidden>
        <List {...props} close={close} />
      </Drawer>
    </>
  );
}

function List({ state, mayEdit, mayGoLive, close }: VersionsProps & { close: () => void }) {
  const { t } = useTranslation();
  const api = useApi();
  const id = useEditorState(({ history }) => history.flow.id);
  const { live } = state.revision;
  const [compared, setCompared] = useState({ version: 0, open: false });
  const { question, restore, makeLive } = useTaking(state, close);
  const versions = usePages(['versions', id, state.revision.newest], (after) => listVersions(api, id, after));
  const { items } = versions;
  if (items === undefined) return <NotLoaded query={versions} />;
  if (items.length === 0) return <Empty title={t('versions.none')} />;
  return (
    <>
      {question}
      <Timeline
        className="versions"
        items={items.map((version) => ({
          key: version.version,
          color: version.version === live ? 'green' : 'gray',
          content: (
            <VersionEntry
              flow={id}
              version={version}
              live={version.version === live}
              compare={() => setCompared({ version: version.version, open: true })}
              {...(mayEdit ? { restore: () => void restore(version.version) } : {})}
              {...(mayGoLive ? { makeLive: () => makeLive(version.version) } : {})}
            />
          ),
        }))}
      />
      <MoreButton query={versions}>{t('versions.more')}</MoreButton>
      <VersionComparison
        {...compared}
        versions={items.map(({ version }) => version)}
        close={() => setCompared({ ...compared, open: false })}
      />
    </>
  );
}

/** Brings the version onto the canvas that the page of a version asked for, once. */
export function Restoring({ state }: { state: SaveState }) {
  const { restore } = useTaking(state, () => undefined);
  const navigate = useNavigate();
  const asked: unknown = useLocation().state?.restore;
  const done = useRef(false);
  useEffect(() => {
    if (typeof asked !== 'number' || done.current) return;
    done.current = true;
    void restore(asked);
    // Not again when the page is loaded again.
    void navigate('.', { replace: true, state: null });
  }, [asked, restore, navigate]);
  return null;
}

/** Brings a version onto the canvas, or lets callers take it. */
function useTaking(state: SaveState, close: () => void) {
  const { t } = useTranslation();
  const api = useApi();
  const store = useDocumentStore();
  const queries = useQueryClient();
  const [modal, question] = Modal.useModal();
  const { id } = store.flow;
  const inWords = (error: unknown) => toast.error(reasonOf(error));
  return {
    question,
    async restore(version: number) {
      try {
        store.apply(replace(store.flow, withLayout(await readVersion(api, id, version)), 'version'));
        toast.info(t('versions.restored', { version }));
        close();
      } catch (error) {
        inWords(error);
      }
    },
    makeLive(version: number) {
      void modal.confirm({
        title: t('versions.makeLiveTitle', { version }),
        content: t('versions.makeLiveText'),
        okText: t('versions.makeLive'),
        cancelText: t('flows.cancel'),
        async onOk() {
          try {
            await setLive(api, id, version);
            state.updateVersions({ live: version });
            await queries.invalidateQueries({ queryKey: ['flows'] });
            toast.success(t('versions.isLive', { version }));
          } catch (error) {
            inWords(error);
          }
        },
      });
    },
  };
}
