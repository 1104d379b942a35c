import type { Setting } from '../../../../lib/engine/settings.ts';

/** What the control of a setting is told. */
export interface ControlProps {
  /** The node, and its type. */
  readonly id: string;
  readonly type: string;
  readonly setting: Setting;
  /** The way to the setting, by which it has its words: `cases.when.value`. */
  readonly path: string;
  /** The field, by which a problem finds it: `cases.0.when.1.value`. */
  readonly at: string;
  readonly value: unknown;
  /** The variables that earlier objects of its list set. */
  readonly given: readonly string[];
  readonly onChange: (value: unknown) => void;
}
