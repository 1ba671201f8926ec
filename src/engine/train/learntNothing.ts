import type { Finding } from '../../finding.ts';
import { type Margin, marginOf, marginWords } from '../../padding/marginOf.ts';
import type { TrainingSeries } from '../../training/series.ts';

/** Series that were judged, and which of the answers are right. */
interface Judged {
  readonly series: readonly TrainingSeries[];
  readonly right: readonly boolean[];
  /** As a sentence calls them: `the series set aside`. */
  readonly called: string;
  /** The best of so many epochs on these series; 1 unless given. */
  readonly looks?: number;
}

/**
 * Said where a training came to nothing: no epoch was better than the weights it began with, or the answers are hardly
 * better than chance on series it has not seen.
 * @param best -1 where no epoch was better
 * @param judged absent where nothing was judged
 */
export function learntNothing(best: number, judged: Judged | undefined): Finding[] {
  if (best < 0) {
    const sentence =
      'No epoch gave better weights: the model that is written has learnt nothing, its weights are those it began with.';
    return [{ code: 'nothing-learnt', severity: 'warning', sentence }];
  }
  const labels = judged?.series.map(({ label }) => label) ?? [];
  if (!judged || new Set(labels).size < 2) return [];
  const margin = marginOf(
    judged.right.map((is) => (is ? 1 : 0)),
    labels,
    judged.looks,
  );
  return margin.hardly
    ? [{ code: 'hardly-learnt', severity: 'warning', sentence: said(margin, judged) }]
    : [];
}

function said(margin: Margin, { called, series, looks = 1 }: Judged): string {
  const best = looks > 1 ? `; the best of ${looks} epochs, so chance has had as many tries` : '';
  return `The model is hardly better than chance on ${called} (${marginWords(margin, series.length)}${best}): what it has learnt, if anything, is not shown with certainty, so its answers and maps say little of the classes.`;
}
