import { applyEdits, type FormattingOptions, findNodeAtLocation, modify, parseTree } from 'jsonc-parser';
import { parseJson } from './parseJson.ts';

interface Linked {
  readonly text: string;
  /** Steps under `preprocess` had to go. */
  readonly replacedSteps: boolean;
}

/**
 * Writes `"preprocess": { "script": … }` into the text of an attribution.json; comments, order and indentation stay.
 * @param text '' makes a new file
 * @param script path relative to the file, with forward slashes; null takes the link out
 * @throws Refusal where the text is no JSON
 */
export function linkScript(text: string, script: string | null): Linked {
  const before = text.trim() === '' ? '{}\n' : text;
  const root = parseJson(before, 'attribution.json');
  if (!root.is('object')) throw root.refuse('must be an object');
  const steps = findNodeAtLocation(parseTree(before)!, ['preprocess']);
  const formattingOptions: FormattingOptions = {
    insertSpaces: !/^\t/m.test(before),
    tabSize: /^( +)"/m.exec(before)?.[1]?.length ?? 2,
    eol: before.includes('\r\n') ? '\r\n' : '\n',
  };
  const value = script === null ? undefined : { script };
  const edits = modify(before, ['preprocess'], value, { formattingOptions });
  return {
    text: applyEdits(before, edits),
    replacedSteps: steps?.type === 'array' && (steps.children?.length ?? 0) > 0,
  };
}
