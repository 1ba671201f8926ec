/** None and NA are classes of some data sets. */
const NO_LABEL = /^(nan|<na>|null|#n\/a|\?)$/i;

/** A label, or '' where a word says that there is none. */
export function unlessNoLabel(text: string): string {
  return NO_LABEL.test(text) ? '' : text;
}
