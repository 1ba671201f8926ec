import { findNodeAtLocation, parseTree } from 'jsonc-parser';
import { editJson } from './editJson.ts';

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
  const linked = editJson(text, ['preprocess'], script === null ? undefined : { script });
  const tree = text.includes('"preprocess"') ? parseTree(text) : undefined;
  const steps = tree && findNodeAtLocation(tree, ['preprocess']);
  return { text: linked, replacedSteps: steps?.type === 'array' && (steps.children?.length ?? 0) > 0 };
}
