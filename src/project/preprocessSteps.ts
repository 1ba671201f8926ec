import { parse } from 'jsonc-parser';
import type { JsonSettings } from '../data/reading/readingPlan.ts';
import { parseJson } from './parseJson.ts';

/** The steps under "preprocess" in the text of an attribution.json, as they stand; empty where there are none, or a script. */
export function preprocessSteps(text: string): readonly JsonSettings[] {
  if (!isJson(text)) return [];
  const root: unknown = parse(text, [], { allowTrailingComma: true });
  const steps = typeof root === 'object' && root !== null && 'preprocess' in root ? root.preprocess : [];
  return Array.isArray(steps) ? steps : [];
}

/** The library's parser of values has no bounds of its own. */
function isJson(text: string): boolean {
  try {
    parseJson(text, 'attribution.json');
    return true;
  } catch {
    return false;
  }
}
