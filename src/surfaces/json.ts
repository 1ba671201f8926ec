import { unseen } from './visible.ts';

/** JSON that reads back the same, with nothing in it that a terminal or an editor would obey. */
export function jsonText(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent).replace(unseen, (char) =>
    char === '\n' ? char : escaped(char),
  );
}

/** DEL, C1, and what steers the direction of text or is not seen are legal in JSON; so are escapes of UTF-16 units. */
function escaped(char: string): string {
  return char
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}
