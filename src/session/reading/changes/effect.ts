import * as vscode from 'vscode';
import type { Tried } from '../../../engine/reading/readAs.ts';
import { formatNumber } from '../../../format.ts';

/** What a change would do, in one line: `30 × 60 · walk p 0.62 → run p 0.91 · 40 of 60 steps real · map r 0.31`. */
export function effectWords(tried: Tried, now: Tried | undefined): string {
  const t = vscode.l10n.t;
  if (tried.kind === 'refused') return tried.sentence;
  const { plan, answer, fault } = tried.read;
  const [least, most] = plan.steps;
  const shape = t('{0} × {1} steps', plan.instances, least === most ? `${most}` : `${least}–${most}`);
  if (!answer) return [shape, fault].filter(Boolean).join(' · ');
  const before = now?.kind === 'read' ? now.read.answer : undefined;
  const p = ({ predicted, p }: { predicted: string; p: number }) => `p(${predicted}) ${formatNumber(p)}`;
  return [
    shape,
    before ? `${p(before)} → ${p(answer)}` : p(answer),
    t('{0} of {1} steps real', answer.real, answer.steps),
    answer.likeness === null
      ? t('another map')
      : t('map r = {0} with the one now', formatNumber(answer.likeness)),
  ].join(' · ');
}
