import type { ProjectPatch } from './readingPlan.ts';

/** A patch as settings of one request: `data.case="file"`, `mask="none"`. Texts are JSON, so that none is taken for a number. */
export function patchSettings({ data = {}, ...others }: ProjectPatch): string[] {
  return [
    ...Object.entries(data).map(([key, value]) => `data.${key}=${JSON.stringify(value)}`),
    ...Object.entries(others)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => `${key}=${JSON.stringify(value)}`),
  ];
}
