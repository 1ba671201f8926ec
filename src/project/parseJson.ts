import { type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import { isBounded } from '../formats/boundedJson.ts';
import { Refusal } from '../refusal.ts';
import { JsonValue } from './jsonValue.ts';

/** 4,096 features with means and deviations, and as many again. The editor reads it, too, and may not stand still. */
export const LARGEST_PROJECT = 2 ** 18;
const MOST_VALUES = 25_000;

const sentences: Readonly<Record<string, string>> = {
  PropertyNameExpected: 'a property name in double quotes is expected',
  ValueExpected: 'a value is expected',
  ColonExpected: 'a colon is expected',
  CommaExpected: 'a comma is expected',
  CloseBraceExpected: 'a closing brace } is missing',
  CloseBracketExpected: 'a closing bracket ] is missing',
  EndOfFileExpected: 'there is more after the end',
  InvalidSymbol: 'there is a word that is no JSON (texts need double quotes)',
  UnexpectedEndOfString: 'a text is not closed',
  UnexpectedEndOfComment: 'a comment is not closed',
};

/**
 * JSON with comments and trailing commas.
 * @throws Refusal `project-json` with the line of the first error
 */
export function parseJson(text: string, name: string): JsonValue {
  if (text.length > LARGEST_PROJECT) throw tooLarge(name);
  if (!isBounded(new TextEncoder().encode(text), MOST_VALUES)) {
    throw new Refusal(
      'project-json',
      `${name} holds more than ${MOST_VALUES} values, or is nested too deeply: that is no project file.`,
    );
  }
  const { root, first } = parse(text, name);
  if (first || !root) {
    const line = text.slice(0, first?.offset ?? 0).split('\n').length;
    const code = first ? printParseErrorCode(first.error) : 'ValueExpected';
    throw new Refusal(
      'project-json',
      `${name}, line ${line}: this is no valid JSON: ${sentences[code] ?? code}.`,
    );
  }
  return new JsonValue(root, '', { name, text });
}

/** @param name of the file, without folders */
export function tooLarge(name: string): Refusal {
  return new Refusal('project-unreadable', `${name} is larger than 256 kB: that is no project file.`);
}

interface Parsed {
  readonly root?: ReturnType<typeof parseTree>;
  readonly first?: ParseError;
}

/** Up to the first error: a file of nothing else would have as many as words. */
function parse(text: string, name: string): Parsed {
  let first: ParseError | undefined;
  const errors: ParseError[] = [];
  errors.push = (error) => {
    first = error as ParseError;
    throw new Stop();
  };
  try {
    return { root: parseTree(text, errors, { allowTrailingComma: true, disallowComments: false }) };
  } catch (error) {
    if (error instanceof Stop) return { first };
    if (error instanceof RangeError) {
      throw new Refusal('project-json', `${name} is nested too deeply to be read.`);
    }
    throw error;
  }
}

class Stop extends Error {}
