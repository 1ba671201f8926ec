import type { Audit, Estimate } from '../../padding/audit.ts';
import { followsLength, lengthAlone, placebo } from '../../padding/verdicts/lengthWords.ts';
import { interval, percent } from '../../padding/wording.ts';
import { type Html, html } from '../../surfaces/html.ts';

const two = (value: number) => value.toFixed(2);

/** LEI, the swaps that support it, and what length alone tells in the data. */
export function evidenceSection(audit: Audit): Html {
  const { lengthEvidence: evidence } = audit;
  const other = html`${followed(audit)}<p>${lengthAlone(audit.lengthOnlyBaseline)}</p>`;
  if ('unavailable' in evidence) return html`<h2>Length evidence</h2><p>${evidence.unavailable}</p>${other}`;
  const row = (name: string, { value, interval: range }: Estimate) =>
    html`<tr><td>${name}</td><td class="number">${two(value)}</td><td>${interval(range, two)}</td></tr>`;
  return html`<h2>Length evidence</h2><table><thead><tr><th>Figure</th><th class="number">Value</th><th>95 % interval</th></tr></thead><tbody>${[
    row('LEI', evidence.lei),
    row('Balanced accuracy with content swapped', evidence.contentSwapped),
    row('Flips with length swapped', evidence.lengthSwapped),
    row('Flips of the there-and-back control', evidence.resampleControl),
    row('Difference (supports, never decides)', evidence.excessFlips),
  ]}</tbody></table><p>${placebo(evidence)}</p>${other}`;
}

function followed({ lengthResponse: response, classes }: Audit): Html {
  return 'unavailable' in response ? html`` : html`<p>${followsLength(response, classes)}</p>`;
}

/** The exact share of the logit that padding carries. */
export function splitSection({ logitSplit: split }: Audit): Html {
  if ('unavailable' in split) return html`<h2>Logit split</h2><p>${split.unavailable}</p>`;
  return html`<h2>Logit split</h2><p>At ${split.layer} the logit is bias + real + padding, exactly (largest gap ${split.maxGap.toExponential(1)}). Padding carries ${percent(split.paddingShare.value)} ${interval(split.paddingShare.interval, percent)} of it on average.</p>`;
}
