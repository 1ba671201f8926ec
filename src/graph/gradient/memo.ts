/** Appends its nodes when first asked, and gives the same tensor afterwards. */
export function memo<Made extends object | string>(make: () => Made): () => Made {
  let made: Made | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
