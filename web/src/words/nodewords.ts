/** What people read of a setting: `entries` are those of a list, `options` those of a choice. */
export interface SettingWords {
  readonly name: string;
  readonly help: string;
  readonly example?: string;
  readonly entries?: Readonly<Record<string, SettingWords>>;
  readonly options?: Readonly<Record<string, string>>;
}

/** What people read of the node types, by their names; the English words stand in each type's own file. */
export type NodeWords = Readonly<
  Record<
    string,
    {
      readonly name: string;
      readonly about: string;
      readonly settings: Readonly<Record<string, SettingWords>>;
      readonly exits: Readonly<Record<string, string>>;
    }
  >
>;
