import { useTranslation } from 'react-i18next';
import type { NodeSign, Sign } from '../compare/signs.ts';
import type { Point } from '../document/geometry.ts';
import { useNames } from '../words/naming.ts';

/** What stands for a sign where there is no room for words. */
export const signGlyphs: Readonly<Record<Sign, string>> = {
  added: '+',
  removed: '−',
  changed: '~',
  moved: '↔',
};

interface SignTagProps {
  /** The type of a node, whose settings and exits are named. */
  readonly type?: string;
  readonly sign: NodeSign;
}

/** A tag on a node or note that differs: in what way, and for a node that was changed, in which settings and exits. */
export function SignTag({ type = '', sign: { sign, settings, exits } }: SignTagProps) {
  const { t } = useTranslation();
  const names = useNames();
  const parts = [
    ...settings.map((name) => names.setting(type, name)),
    ...exits.map((exit) => names.exit(type, exit)),
  ];
  const what = t(`compare.${sign}`);
  const text =
    parts.length === 0 ? what : t('compare.parts', { what, parts: parts.join(t('compare.comma')) });
  return (
    <span className="sign" data-sign={sign} title={text}>
      <b aria-hidden="true">{signGlyphs[sign]}</b> {text}
    </span>
  );
}

/** A tag on the middle of a connection that differs. */
export function WireSign({ sign, at: [x, y] }: { sign: Sign; at: Point }) {
  const { t } = useTranslation();
  return (
    <g className="wire-sign" data-sign={sign} transform={`translate(${x} ${y})`}>
      <title>{t(`compare.${sign}`)}</title>
      <circle r={9} />
      <text dy={5}>{signGlyphs[sign]}</text>
    </g>
  );
}
