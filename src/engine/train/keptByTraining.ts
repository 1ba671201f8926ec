import type { Finding } from '../../finding.ts';
import { keptInPart, keptSeries, learntSeriesEntry } from '../../repair/learntSeries.ts';

/**
 * What the file of a trained model keeps of each series that it has learnt from, and what is said of those it does not.
 * @param sha256 of the data
 * @param prints [13] each, see seriesPrint
 */
export function keptByTraining(sha256: string, prints: readonly Float32Array[]) {
  const series = [keptSeries({ by: 'train', sha256 }, prints)];
  const metadata = learntSeriesEntry(undefined, series);
  const findings = keptInPart(metadata, series).map(
    (sentence): Finding => ({ code: 'learnt-in-part', severity: 'info', sentence }),
  );
  return { metadata, findings };
}
