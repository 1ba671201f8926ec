/**
 * Puts items to a model in groups of at most `most`, in order. They are taken as they are needed, so that thousands need
 * not be kept; between two runs a cancel is heard.
 * @param run gets a group and how many came before it; what it throws ends the work
 */
export async function inGroups<Item>(
  items: Iterable<Item>,
  most: number,
  run: (group: readonly Item[], before: number) => Promise<void>,
): Promise<void> {
  let group: Item[] = [];
  let before = 0;
  const put = async () => {
    await new Promise((resolve) => setImmediate(resolve));
    await run(group, before);
    before += group.length;
    group = [];
  };
  for (const item of items) {
    group.push(item);
    if (group.length === most) await put();
  }
  if (group.length > 0) await put();
}
