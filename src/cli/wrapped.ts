/** Columns of `--help`. */
export const WIDTH = 118;

/** Words in lines of at most WIDTH columns; every line but the first begins with `indent` blanks, which count for it too. */
export function wrapped(text: string, indent: number): string {
  const lines = [''];
  for (const word of text.split(/\s+/)) {
    const line = lines.at(-1)!;
    if (line !== '' && indent + line.length + 1 + word.length > WIDTH) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines.join(`\n${' '.repeat(indent)}`);
}
