import { applyEdits, type FormattingOptions, type JSONPath, modify } from 'jsonc-parser';
import { Refusal } from '../refusal.ts';
import { parseJson } from './parseJson.ts';

/** What stands on the line is indented anew, comma by comma: seconds for a file that a program wrote in one line. */
const LONG_LINE = /^.{2000}/m;

/**
 * A value put into the text of an attribution.json; comments, order and indentation stay.
 * @param text '' makes a new file
 * @param value undefined takes what stands there out
 * @throws Refusal where the text is no JSON object
 */
export function editJson(text: string, path: JSONPath, value: unknown): string {
  const before = text.trim() === '' ? '{}\n' : text;
  const root = parseJson(before, 'attribution.json');
  if (!root.is('object')) throw root.refuse('must be an object');
  const formattingOptions: FormattingOptions = {
    insertSpaces: !/^\t/m.test(before),
    tabSize: /^( +)"/m.exec(before)?.[1]?.length ?? 2,
    eol: before.includes('\r\n') ? '\r\n' : '\n',
  };
  const options = LONG_LINE.test(before) ? {} : { formattingOptions };
  try {
    return applyEdits(before, modify(before, path, value, options));
  } catch {
    // The library does not say what is in the way.
    throw new Refusal(
      'project-json',
      `attribution.json: "${path.slice(0, -1).join('.')}" is no object, so "${path.join('.')}" cannot be written into it; mend it by hand.`,
    );
  }
}
