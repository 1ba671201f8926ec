/** What the system has against a file, in words that go on after its name: `does not exist`. */
export function faultOf(error: unknown): string {
  const code = codeOf(error);
  return WORDS[code] ?? `cannot be used (${code})`;
}

/** `ENOENT` and its like; for errors that have none, their first line. */
export function codeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return (error instanceof Error ? error.message : String(error)).split('\n', 1)[0]!.slice(0, 100);
}

const WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  ENOTDIR: 'does not exist (a part of its path is no folder)',
  EISDIR: 'is a folder',
  EACCES: 'is closed to you (EACCES)',
  EPERM: 'is closed to you (EPERM)',
  EROFS: 'lies on a disk that cannot be written (EROFS)',
  ELOOP: 'is a link that leads back to itself',
  ENAMETOOLONG: 'has too long a name',
  // Node's own, before the system is asked: a NUL in the path.
  ERR_INVALID_ARG_VALUE: 'has a name that no file can have',
  ENXIO: 'is not a file',
  ENOSPC: 'does not fit: the disk is full (ENOSPC)',
  EDQUOT: 'does not fit: your share of the disk is full (EDQUOT)',
};
