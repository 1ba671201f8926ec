import type { Instance } from './dataset.ts';

/** An instance for a sentence about a file: its name, and the file of a folder and the line it stands on, where there are. */
export function whereIs({
  id,
  file,
  line,
  lines,
}: Pick<Instance, 'id' | 'file' | 'line'> & { readonly lines?: ArrayLike<number> }): string {
  const at = line ?? lines?.[0];
  const place = [...(file === undefined ? [] : [file]), ...(at ? [`line ${at}`] : [])].join(', ');
  return `instance ${JSON.stringify(id)}${place === '' ? '' : ` (${place})`}`;
}
