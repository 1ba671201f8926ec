/** What a module says of its own place. */
export const here = [import.meta.dirname, import.meta.filename, import.meta.url, 'import.meta.url'];

export function failed(): string {
  return new Error('seen').stack!;
}
