import type { Dataset } from '../../data/dataset.ts';
import type { Finding } from '../../finding.ts';
import { realSpan } from '../../preprocess/realSpan.ts';
import type { ReadyStep } from '../../preprocess/step.ts';
import type { Project } from '../../project/projectShape.ts';

/** T: what the project pads to, and no less than the longest series; padding that the file marks does not count. */
export function longest(datasets: readonly Dataset[], project: Project | undefined): number {
  return Math.max(paddedTo(project) ?? 1, longestOf(datasets));
}

/** What settings pad to where that is more than the longest series: said, as they may be another file's. */
export function paddedBeyond(datasets: readonly Dataset[], project: Project | undefined): Finding[] {
  const [to, most] = [paddedTo(project) ?? 0, longestOf(datasets)];
  if (to <= most) return [];
  const sentence = `Series are padded to ${to} steps, as attribution.json says; the longest has ${most}.`;
  return [{ code: 'padded-beyond', severity: 'warning', sentence }];
}

/** Where settings pad at the front and the network that is trained does not: said, as the end is what nobody needs to ask for. */
export function otherSide(project: Project | undefined, step: ReadyStep): Finding[] {
  const asked = project?.preprocess.find((one) => one.kind === 'pad')?.side;
  if (asked !== 'front' || step.kind !== 'pad' || step.side === 'front') return [];
  const sentence =
    'attribution.json pads before the first step; this network is padded behind the last one: the padding "start" trains it as attribution.json says.';
  return [{ code: 'padded-otherwise', severity: 'warning', sentence }];
}

function paddedTo(project: Project | undefined): number | undefined {
  return project?.preprocess.find((step) => step.kind === 'pad')?.to ?? undefined;
}

function longestOf(datasets: readonly Dataset[]): number {
  let most = 0;
  for (const { instances } of datasets) {
    for (const { length, mask } of instances) {
      most = Math.max(most, mask ? realSpan(mask) : length);
    }
  }
  return most;
}
