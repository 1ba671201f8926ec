/** Part of a file name that a name out of a file may become: letters, digits, `_` and `-`, 60 at most. */
export function fileNamePart(name: string): string {
  return name.replaceAll(/[^\p{L}\p{N}_-]+/gu, '_').slice(0, 60);
}
