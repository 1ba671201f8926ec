/** Appends its nodes when first asked, and gives the same tensor afterwards. */
export function memo(make: () => string): () => string {
  let made: string | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
