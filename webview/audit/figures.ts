import { formatShare } from '../../src/format.ts';
import type { Audit, Estimate } from '../../src/padding/audit.ts';
import { element } from '../element.ts';
import { block } from './block.ts';

/** bias | real | padding of the mean logit, where the head lets it be split exactly. */
export function splitBar({ logitSplit: split, instances }: Audit): HTMLElement {
  if ('unavailable' in split) return block('audit-split', 'Exact logit split', split.unavailable);
  const mean = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const parts = [
    ['bias', mean(split.bias), 'empty'],
    ['real steps', mean(split.real), 'real'],
    ['padding', mean(split.padding), 'mixed'],
  ] as const;
  const bar = element('div', {
    class: 'share-bar',
    role: 'img',
    'aria-label': parts.map(([name, value]) => `${name} ${value.toFixed(2)}`).join(', '),
  });
  for (const [name, value, zone] of parts) {
    const piece = element(
      'div',
      { class: `zone zone-${zone}`, title: `${name} ${value.toFixed(3)}` },
      element('span', {}, `${name} ${value.toFixed(2)}`),
    );
    piece.style.flexGrow = String(Math.abs(value));
    bar.append(piece);
  }
  return block(
    'audit-split',
    'Exact logit split',
    `At ${split.layer} the logit of the predicted class is bias + what real positions add + what padding adds (mean of ${instances.length}; adds up to ${split.maxGap.toExponential(0)}).`,
    bar,
    element(
      'p',
      { id: 'split-words' },
      `Padding carries ${formatShare(split.paddingShare.value)} ${range(split.paddingShare, formatShare)} of |logit − bias|, weighted alike over instances.`,
    ),
  );
}

/** LEI with what supports it, and what length alone tells in the data. */
export function evidence({ lengthEvidence: found, lengthOnlyBaseline: baseline }: Audit): HTMLElement {
  const two = (value: number) => value.toFixed(2);
  const rows =
    'unavailable' in found
      ? []
      : ([
          ['LEI', found.lei],
          ['Balanced accuracy, content swapped', found.contentSwapped],
          ['Flips, length swapped', found.lengthSwapped],
          ['Flips, stretched there and back', found.resampleControl],
          ['Difference (supports, never decides)', found.excessFlips],
        ] as const);
  const body = rows.map(([name, estimate]) =>
    element(
      'tr',
      {},
      element('th', { scope: 'row' }, name),
      element('td', {}, two(estimate.value)),
      element('td', {}, range(estimate, two)),
    ),
  );
  return block(
    'audit-evidence',
    'Length evidence',
    'unavailable' in found
      ? found.unavailable
      : 'Each instance keeps its length and padding and takes the content of others, class by class.',
    rows.length > 0 && element('table', { class: 'numbers' }, element('tbody', {}, ...body)),
    element(
      'p',
      { id: 'baseline-words' },
      'unavailable' in baseline
        ? baseline.unavailable
        : `Length alone in the data: balanced accuracy ${two(baseline.tree)} against chance ${two(baseline.chance)} (p ${baseline.p.toFixed(3)}, ${baseline.n} instances).`,
    ),
  );
}

/** What masking every layer would change. */
export function masked({ masked: run }: Audit): HTMLElement {
  const what =
    'unavailable' in run
      ? run.unavailable
      : `With every layer masked (a different model) ${formatShare(run.flipRate.value)} of ${run.flipRate.n} answers flip; mean |Δlogit| ${run.meanAbsDlogit.value.toFixed(2)}, mean |Δp| ${run.meanAbsDp.value.toFixed(3)}.`;
  return block('audit-masked', 'Masked re-execution', what);
}

function range({ interval }: Estimate, format: (value: number) => string): string {
  return `[${format(interval[0])}, ${format(interval[1])}]`;
}
