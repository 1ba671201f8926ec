import { basename } from 'node:path';
import type { Project } from '../project/projectShape.ts';

/** Of windows that share steps: a clause without its end, and the step at which they do not; undefined where none do. */
export function overlapOf(
  project: Project | undefined,
  path: string,
): { readonly said: string; readonly step: number } | undefined {
  const { window, step = window } = project?.data ?? {};
  if (window === undefined || step === undefined || step >= window) return undefined;
  return {
    said: `The windows of ${basename(path)} overlap (one every ${step} of ${window} steps)`,
    step: window,
  };
}
