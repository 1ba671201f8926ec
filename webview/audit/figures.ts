import { formatShare } from '../../src/format.ts';
import type { Audit, Estimate } from '../../src/padding/audit.ts';
import { followsLength, lengthAlone, placebo } from '../../src/padding/verdicts/lengthWords.ts';
import { element } from '../element.ts';
import { block } from './block.ts';

/** bias | real | padding of the mean logit, where the head lets it be split exactly. */
export function splitBar({ logitSplit: split, instances }: Audit): HTMLElement {
  if ('unavailable' in split) return block('audit-split', 'Exact logit split', split.unavailable);
  const one = instances.length === 1;
  const mean = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const parts = [
    { name: 'bias', value: mean(split.bias), zone: 'empty' },
    { name: 'real steps', value: mean(split.real), zone: 'real' },
    { name: 'padding', value: mean(split.padding), zone: 'mixed' },
  ];
  const share = formatShare(split.paddingShare.value);
  const carried = one
    ? `Padding carries ${share} of |real| + |padding|.`
    : `Padding carries ${share} ${range(split.paddingShare, formatShare)} of |real| + |padding|, mean over the instances.`;
  return block(
    'audit-split',
    'Exact logit split',
    `At ${split.layer} the logit of the predicted class is bias + what real positions add + what padding adds (${one ? 'of this instance' : `mean of ${instances.length}`}; ${exactness(split.maxGap)}).`,
    splitParts(parts),
    element(
      'p',
      { id: 'split-words' },
      `${parts.map(({ name, value }) => `${name} ${twoDigits(value)}`).join(', ')}. ${carried}`,
    ),
  );
}

interface Part {
  readonly name: string;
  readonly value: number;
  readonly zone: string;
}

/** Widths are sizes; the sign stands in the words. */
function splitParts(parts: readonly Part[]): HTMLElement {
  const all = parts.reduce((sum, { value }) => sum + Math.abs(value), 0);
  const words = parts.map(({ name, value }) => `${name} ${twoDigits(value)}`);
  const bar = element('div', { class: 'share-bar', role: 'img', 'aria-label': words.join(', ') });
  for (const { name, value, zone } of parts) {
    const piece = element(
      'div',
      { class: `zone zone-${zone}`, title: `${name} ${twoDigits(value)}` },
      element('span', {}, element('b', {}, name), element('span', {}, ` ${twoDigits(value)}`)),
    );
    piece.style.flexGrow = String(all === 0 ? 0 : Math.abs(value) / all);
    piece.hidden = value === 0;
    bar.append(piece);
  }
  return bar;
}

function exactness(gap: number): string {
  return gap === 0 ? 'it adds up exactly' : `it adds up to within ${gap.toExponential(0)}`;
}

function twoDigits(value: number): string {
  const text = Math.abs(value).toFixed(2);
  return value < 0 && Number(text) > 0 ? `−${text}` : text;
}

/** LEI with what supports it, and what length alone tells in the data. */
export function evidence(audit: Audit): HTMLElement {
  const { lengthEvidence: found, lengthResponse: response, classes } = audit;
  const two = twoDigits;
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
    !('unavailable' in found) && element('p', { id: 'placebo-words' }, placebo(found)),
    !('unavailable' in response) && element('p', { id: 'response-words' }, followsLength(response, classes)),
    element('p', { id: 'baseline-words' }, lengthAlone(audit.lengthOnlyBaseline)),
  );
}

/** What masking every layer would change. */
export function masked({ masked: run, padSide }: Audit): HTMLElement {
  const what =
    'unavailable' in run
      ? run.unavailable
      : padSide === 'none'
        ? 'No instance is padded, so masking changes nothing.'
        : run.flipRate.n === 1
          ? `With every layer masked (a different model) the answer ${run.flipRate.value > 0 ? 'flips' : 'holds'}; |Δlogit| ${run.meanAbsDlogit.value.toFixed(2)}, |Δp| ${run.meanAbsDp.value.toFixed(3)}.`
          : `With every layer masked (a different model) ${formatShare(run.flipRate.value)} of ${run.flipRate.n} answers flip; mean |Δlogit| ${run.meanAbsDlogit.value.toFixed(2)}, mean |Δp| ${run.meanAbsDp.value.toFixed(3)}.`;
  return block('audit-masked', 'Masked re-execution', what);
}

function range({ interval }: Estimate, format: (value: number) => string): string {
  return `[${format(interval[0])}, ${format(interval[1])}]`;
}
