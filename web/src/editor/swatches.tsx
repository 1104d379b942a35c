import { Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { type NoteColor, noteColors } from '../../../lib/flow/note.ts';

interface SwatchesProps {
  /** The colour that is chosen; none if several notes differ. */
  readonly color: NoteColor | undefined;
  readonly paint: (color: NoteColor) => void;
}

/** The colours of notes to choose from. */
export function Swatches({ color, paint }: SwatchesProps) {
  const { t } = useTranslation();
  return (
    <Segmented<NoteColor | ''>
      size="small"
      aria-label={t('canvas.noteColor')}
      value={color ?? ''}
      options={noteColors.map((value) => {
        const name = t(`canvas.noteColors.${value}`);
        return {
          value,
          title: name,
          label: <span className="swatch" data-color={value} role="img" aria-label={name} />,
        };
      })}
      onChange={(next) => {
        if (next !== '') paint(next);
      }}
    />
  );
}
