/** Tells the navigations by which a page writes its own address from others: the address shows what is typed moments later. */
export interface AddressWrites {
  /** The state of the next navigation that the page makes. */
  mark(): { readonly write: number };
  /** Whether a navigation of this state is a write that has not been shown yet; asked once for each navigation, in their order. */
  isOwn(state: unknown): boolean;
}

/** Writes are numbered from a time in ms on: those of earlier visits, which the history of the browser keeps, have lower numbers. */
export function addressWrites(since: number): AddressWrites {
  let last = since;
  let shown = since;
  return {
    mark() {
      last += 1;
      return { write: last };
    },
    isOwn(state) {
      const { write = 0 } = (state ?? {}) as { readonly write?: number };
      if (write <= shown) return false;
      shown = write;
      return true;
    },
  };
}
