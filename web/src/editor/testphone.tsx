import { lazy, type ReactNode, Suspense, useCallback, useState } from 'react';
import type { Layer } from '../canvas/layer.ts';
import type { ScriptRemote } from '../draft/remote.ts';
import { factKinds } from '../phone/facts.ts';
import type { NameOf } from '../phone/naming.ts';
import { useFlow } from './documentstore.ts';
import { useEditorContext } from './editorcontext.ts';
import { useInView } from './opening.ts';

const Phone = lazy(async () => ({ default: (await import('../phone/phone.tsx')).Phone }));

interface TestPhonePanel {
  readonly toggle: () => void;
  /** The phone, while it is open. */
  readonly place: ReactNode | undefined;
  /** The way of the call on it. */
  readonly layer: Layer | undefined;
}

/** The phone beside the canvas. `keep` takes a call that was made a script of. */
export function useTestPhonePanel(
  scripts: ScriptRemote | undefined,
  keep: (script: string) => void,
): TestPhonePanel {
  const [open, setOpen] = useState(false);
  const [layer, setLayer] = useState<Layer | undefined>(undefined);
  useInView(hereIn(layer));
  const toggle = useCallback(() => setOpen((shown) => !shown), []);
  const close = () => setOpen(false);
  const place = open ? (
    <Suspense>
      <PhoneHere
        scripts={scripts}
        light={setLayer}
        keep={scripts === undefined ? undefined : keep}
        close={close}
      />
    </Suspense>
  ) : undefined;
  return { toggle, place, layer };
}

/** The node at which the call stands. */
function hereIn(layer: Layer | undefined): string | undefined {
  return [...(layer?.nodes ?? [])].find(([, { tone }]) => tone === 'here')?.[0];
}

interface PhoneHereProps {
  readonly scripts: ScriptRemote | undefined;
  readonly light: (layer: Layer | undefined) => void;
  readonly keep: ((script: string) => void) | undefined;
  readonly close: () => void;
}

/** The phone on the document of the editor around. */
function PhoneHere(props: PhoneHereProps) {
  const flow = useFlow();
  const editorContext = useEditorContext();
  const nameOf: NameOf = (kind, id) => {
    const { resource } = factKinds[kind];
    if (resource === undefined) return '';
    return editorContext[resource].find((each) => each.id === id)?.name ?? id;
  };
  return <Phone flow={flow} nameOf={nameOf} {...props} />;
}
