/** Of all that is kept, in bytes. */
const MOST = 2 ** 22;

/**
 * The arrays that were made last, by what they were made of: what is looked at again soon is made once. No weak
 * references: those keep all that a long loop has made until the loop ends.
 */
export class Recent<A extends { readonly byteLength: number }> {
  readonly #made = new Map<object, A>();
  #bytes = 0;

  of(key: object, make: () => A): A {
    const known = this.#made.get(key);
    if (known) return known;
    const made = make();
    this.#made.set(key, made);
    this.#bytes += made.byteLength;
    for (const [oldest, { byteLength }] of this.#made) {
      if (this.#bytes <= MOST || oldest === key) break;
      this.#made.delete(oldest);
      this.#bytes -= byteLength;
    }
    return made;
  }
}
