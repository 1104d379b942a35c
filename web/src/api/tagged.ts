/** Settings as they are stored, with their ETag. */
export interface Tagged<Item> {
  readonly data: Item;
  readonly etag: string;
}

/** The headers of a save that say what it may replace: what was read, nothing, or, without one, whatever is stored. */
export type Replaces = { readonly 'If-Match'?: string; readonly 'If-None-Match'?: '*' };
