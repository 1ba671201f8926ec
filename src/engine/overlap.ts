import { basename } from 'node:path';
import type { Finding } from '../finding.ts';
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

/** Said of figures over windows that share steps with their neighbours. */
export function overlapNarrows(project: Project | undefined, path: string): Finding[] {
  const overlap = overlapOf(project, path);
  if (!overlap) return [];
  const sentence = `${overlap.said}: neighbours share steps, so that intervals, which count each window, are narrower than its recordings warrant.`;
  return [{ code: 'windows-overlap', severity: 'warning', sentence }];
}
