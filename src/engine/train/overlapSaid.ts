import type { Finding } from '../../finding.ts';
import type { Project } from '../../project/projectShape.ts';
import { overlapOf } from '../overlap.ts';
import { sharedStretches } from '../sharedStretch.ts';

const FLATTERED =
  'validation, which is flattered, and the epoch chosen by it; judge the network on other recordings';

/** Where the windows of a file overlap as they are cut. */
export function overlapSaid(project: Project | undefined, path: string): Finding[] {
  const overlap = overlapOf(project, path);
  if (!overlap) return [];
  const sentence = `${overlap.said}: those that share steps lie on both sides of ${FLATTERED}, or set "step" under "data" in attribution.json to ${overlap.step}.`;
  return [{ code: 'windows-overlap', severity: 'warning', sentence }];
}

/** Where the numbers say that series share steps with those that are learnt from, or those with one another. */
export async function sharedSaid(...asked: Parameters<typeof sharedStretches>): Promise<Finding[]> {
  const { judged, within } = await sharedStretches(...asked);
  const said = judged.flatMap((clause) =>
    clause === undefined
      ? []
      : [
          `${clause}: the network has learnt from these steps, so its accuracy there says little of other recordings.`,
        ],
  );
  const all =
    within === undefined ? said : [...said, `${within}: such series lie on both sides of ${FLATTERED}.`];
  return all.map((sentence) => ({ code: 'steps-shared', severity: 'warning', sentence }));
}
