const border = /[_.\-/:\s]/;

/** What all names begin with, up to a border between words; empty where that is nothing, or all there is of a name. */
export function commonPrefix(names: readonly string[]): string {
  const [first = '', ...others] = names;
  if (!others.length) return '';
  let end = first.length;
  for (const name of others) {
    while (!name.startsWith(first.slice(0, end))) end--;
  }
  while (end > 0 && (!border.test(first[end - 1]!) || names.some((name) => name.length === end))) end--;
  return first.slice(0, end);
}

/** The name without its last word: the sensor of `left_ankle_acc_x`, as far as its names are told apart by it. */
export function groupOf(name: string): string {
  const at = name.search(/[_.\-/:\s][^_.\-/:\s]*$/);
  return at > 0 ? name.slice(0, at) : name;
}
