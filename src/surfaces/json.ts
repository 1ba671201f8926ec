import { Refusal } from '../refusal.ts';
import { unseen } from './visible.ts';

/**
 * JSON that reads back the same, with nothing in it that a terminal or an editor would obey.
 * @throws Refusal `answer-too-long` where no text of JavaScript is so long
 */
export function jsonText(value: unknown, indent?: number): string {
  try {
    return JSON.stringify(value, null, indent).replace(unseen, (char) =>
      char === '\n' ? char : escaped(char),
    );
  } catch (error) {
    if (!(error instanceof RangeError && error.message === 'Invalid string length')) throw error;
    throw new Refusal(
      'answer-too-long',
      'The answer is longer than 512 MB as JSON; take another format (--format), or fewer instances.',
    );
  }
}

/** DEL, C1, and what steers the direction of text or is not seen are legal in JSON; so are escapes of UTF-16 units. */
function escaped(char: string): string {
  return char
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}
