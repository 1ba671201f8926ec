import type { ProjectPatch } from '../data/reading/readingPlan.ts';
import { editJson } from './editJson.ts';

/**
 * The text of an attribution.json with a patch in it; what the patch does not name stays as it is.
 * @param text '' makes a new file
 * @throws Refusal where the text is no JSON
 */
export function patchProject(text: string, { data = {}, ...others }: ProjectPatch): string {
  let patched = text;
  for (const [key, value] of Object.entries(data)) patched = editJson(patched, ['data', key], value);
  for (const [key, value] of Object.entries(others)) {
    if (value !== undefined) patched = editJson(patched, [key], value);
  }
  return patched;
}
