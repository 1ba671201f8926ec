import { type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import { Refusal } from '../refusal.ts';
import { JsonValue } from './jsonValue.ts';

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
  const errors: ParseError[] = [];
  const root = parse(text, name, errors);
  const [first] = errors;
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

function parse(text: string, name: string, errors: ParseError[]): ReturnType<typeof parseTree> {
  try {
    return parseTree(text, errors, { allowTrailingComma: true, disallowComments: false });
  } catch (error) {
    if (error instanceof RangeError) {
      throw new Refusal('project-json', `${name} is nested too deeply to be read.`);
    }
    throw error;
  }
}
