/**
 * Words as a shell takes them, ready to paste; null where a word holds what cannot be pasted safely: control and
 * invisible characters, and on Windows also what its two shells read differently.
 */
export function commandLine(words: readonly string[], shell: 'posix' | 'windows'): string | null {
  const quoted = words.map(shell === 'windows' ? windowsWord : posixWord);
  return quoted.every((word) => word !== null) ? quoted.join(' ') : null;
}

const UNSEEN = /[\p{C}\p{Zl}\p{Zp}]/u;

function posixWord(word: string): string | null {
  if (UNSEEN.test(word)) return null;
  return /^[\w@+:,./-][\w@%+=:,./-]*$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

function windowsWord(word: string): string | null {
  if (UNSEEN.test(word) || /["%!$`^&|<>]/.test(word)) return null;
  return /^[\w@+:./\\-][\w@+=:./\\-]*$/.test(word) ? word : `"${word}"`;
}
