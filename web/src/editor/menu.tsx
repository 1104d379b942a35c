import { Select } from 'antd';
import type { ReactNode } from 'react';

/** Something to choose from a menu. */
export interface MenuChoice {
  readonly value: string;
  readonly label: string;
  /** What stands small beside or below it. */
  readonly about?: string | undefined;
  readonly face?: ReactNode;
  readonly disabled?: boolean;
}

interface MenuProps {
  readonly title: string;
  readonly choices: readonly MenuChoice[];
  readonly pick: (value: string) => void;
  readonly close: () => void;
}

/** A menu over the canvas: type to narrow it down, Enter to choose, Escape to leave. */
export function Menu({ title, choices, pick, close }: MenuProps) {
  return (
    <div className="finder">
      <Select
        open
        autoFocus
        size="large"
        value={null as string | null}
        showSearch={{
          filterOption: (sought, choice) =>
            `${choice?.label} ${choice?.about ?? ''}`.toLowerCase().includes(sought.toLowerCase()),
        }}
        defaultActiveFirstOption
        style={{ width: 'min(480px, calc(100vw - 32px))' }}
        listHeight={360}
        placeholder={title}
        aria-label={title}
        options={[...choices]}
        optionRender={({ data: { label, about, face } }) => (
          <span className="add-option">
            {face}
            <span>
              {label}
              {about === undefined ? null : <small>{about}</small>}
            </span>
          </span>
        )}
        onSelect={(value) => {
          if (value !== null) pick(value);
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
