import * as vscode from 'vscode';
import type { LabelOrder } from '../../../engine/labels/labelOrder.ts';
import type { Tried, WayAnswer } from '../../../engine/reading/readAs.ts';
import { formatNumber } from '../../../format.ts';

/** What a change would do, in one line: `p(walk) 0.62 → p(run) 0.91 · r of the maps 0.31 · …`. */
export function effectWords(tried: Tried, now: Tried | undefined): string {
  const t = vscode.l10n.t;
  if (tried.kind === 'refused') return tried.sentence;
  const { plan, answer, fault } = tried.read;
  const [least, most] = plan.steps;
  const shape = t('{0} × {1} steps', plan.instances, least === most ? `${most}` : `${least}–${most}`);
  if (!answer) return [shape, fault].filter(Boolean).join(' · ');
  const before = now?.kind === 'read' ? now.read.answer : undefined;
  const p = ({ predicted, p, isValue }: Pick<WayAnswer, 'predicted' | 'p' | 'isValue'>) =>
    isValue ? `${predicted} ${formatNumber(p)}` : `p(${predicted}) ${p.toFixed(2)}`;
  return [
    before ? `${p(before)} → ${p(answer)}` : p(answer),
    answer.likeness === null ? t('another map') : t('r of the maps {0}', answer.likeness.toFixed(2)),
    ...agreementWords(tried.read.agreement),
    t('{0} of {1} steps real', answer.real, answer.steps),
    shape,
  ].join(' · ');
}

function agreementWords(agreement: LabelOrder | undefined): string[] {
  if (agreement?.agree === undefined || agreement.checked < 2) return [];
  const classed = agreement.checked - (agreement.strange?.instances ?? 0);
  return [vscode.l10n.t('{0} % of {1} labels agree', Math.round(100 * agreement.agree), classed)];
}
