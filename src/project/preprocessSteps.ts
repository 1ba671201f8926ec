import { parse } from 'jsonc-parser';
import type { JsonObject } from '../data/reading/readingPlan.ts';
import { LARGEST_PROJECT } from './parseJson.ts';

/** The steps under "preprocess" in the text of an attribution.json, as they stand; empty where there are none, or a script. */
export function preprocessSteps(text: string): readonly JsonObject[] {
  if (text.length > LARGEST_PROJECT) return [];
  const root: unknown = parse(text, [], { allowTrailingComma: true });
  const steps = typeof root === 'object' && root !== null && 'preprocess' in root ? root.preprocess : [];
  return Array.isArray(steps) ? steps : [];
}
