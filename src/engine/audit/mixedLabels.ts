import type { Finding } from '../../finding.ts';
import type { Case } from '../../preprocess/case.ts';
import { firstOfSame } from '../../training/sameSeries.ts';
import { seriesPrint } from '../../training/seriesPrint.ts';
import { otherwiseLabelled } from '../repeatedWords.ts';

/** Said where identical series have different labels: no model can answer all of them rightly. */
export function mixedLabels(cases: readonly Case[], file: string): Finding[] {
  const labelled = cases.flatMap(({ x, mask, label }) => (label === null ? [] : [{ x, mask, label }]));
  const firsts = firstOfSame(labelled.map((one) => seriesPrint(one)));
  const sentence = otherwiseLabelled(
    firsts,
    labelled.map(({ label }) => label),
    file,
  );
  return sentence === undefined ? [] : [{ code: 'same-series', severity: 'warning', sentence }];
}
