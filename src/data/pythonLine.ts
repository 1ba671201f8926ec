/** What a shell or Python would read in a text between quotes. */
const PLAIN = /^[\w .,:;()/+=@#~°²³µ-]$|^\p{L}$/u;

/** A text as a Python literal that stands inside double quotes of any shell. */
export function pythonText(text: string): string {
  const quoted = [...text].map((one) => (PLAIN.test(one) ? one : escaped(one.codePointAt(0)!)));
  return `'${quoted.join('')}'`;
}

/** A list of such texts. */
export function pythonTexts(texts: readonly string[]): string {
  return `[${texts.map(pythonText).join(', ')}]`;
}

/**
 * A command that runs as it stands, in the folder of the file it is about, in a shell of this machine.
 * @param code Python without double quotes
 */
export function pythonLine(code: string): string {
  return `${process.platform === 'win32' ? 'python' : 'python3'} -c "${code}"`;
}

function escaped(point: number): string {
  const digits = point.toString(16);
  if (point < 0x100) return `\\x${digits.padStart(2, '0')}`;
  return point < 0x10000 ? `\\u${digits.padStart(4, '0')}` : `\\U${digits.padStart(8, '0')}`;
}
