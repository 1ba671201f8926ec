import type { Evaluation, EvaluationVerdict, RemovalResult } from '../../evaluation/evaluation.ts';
import { replacementName } from '../../evaluation/replacement.ts';
import { count, formatShare } from '../../format.ts';
import type { Estimate } from '../../padding/audit.ts';

import { terminalLines } from '../../surfaces/terminal.ts';

/** One evaluation for a person at a terminal; everything else is in `--json`. */
export function evaluationText(one: Evaluation): string {
  const { order, weights, sum, truth } = one.verdicts;
  const of = one.of > one.instances.length ? ` (a sample of ${one.of})` : '';
  const lines = [
    `${one.methodLabel} at ${one.how.layer}: ${count(one.instances.length, 'instance')}${of}, cells are ${one.cells}`,
    '',
    verdict('Order of cells', order),
    verdict('Weights', weights),
    verdict('Sum', sum),
    verdict('Truth', truth),
    '',
    `${'area of p, highest first'.padEnd(42)}deletion   insertion  random     gain of deletion`,
    ...one.removal.map(row),
    '',
    padding(one),
    ...(one.findings ?? []).map(({ severity, sentence }) => `${severity}: ${sentence}`),
  ];
  return terminalLines(lines);
}

/** Several methods side by side. */
export function evaluationsText(all: readonly Evaluation[]): string {
  const rows = all.map((one) => [
    one.methodLabel,
    one.verdicts.order.answer,
    two(worstGain(one)),
    one.verdicts.weights.answer,
    'unavailable' in one.randomisation ? '' : two(one.randomisation.cascade.at(-1)!.correlation.value),
    one.verdicts.sum.answer,
    one.verdicts.truth.answer,
    ...('unavailable' in one.truth
      ? ['', '', '']
      : [one.truth.real.pointing, one.truth.real.aup, one.truth.real.aur].map(({ value }) => two(value))),
  ]);
  const head = ['method', 'order', 'gain', 'weights', '|ρ|', 'sum', 'truth', 'pointing', 'AUP', 'AUR'];
  const table = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...table.map((cells) => cells[column]!.length)));
  const said = new Set(
    all.flatMap(({ findings = [] }) => findings.map(({ severity, sentence }) => `${severity}: ${sentence}`)),
  );
  return terminalLines([
    ...table.map((cells) =>
      cells
        .map((cell, i) => cell.padEnd(widths[i]!))
        .join('  ')
        .trimEnd(),
    ),
    ...said,
  ]);
}

function worstGain({ removal }: Evaluation): number {
  const gains = removal
    .filter(({ scope }) => scope === 'real')
    .flatMap(({ deletionGain, insertionGain }) => [deletionGain.value, insertionGain.value]);
  return Math.min(...gains);
}

function verdict(title: string, { answer, reason }: EvaluationVerdict): string {
  return `${title}: ${answer}. ${reason}`;
}

function row({
  scope,
  replacement,
  deletionArea,
  insertionArea,
  randomArea,
  deletionGain,
}: RemovalResult): string {
  const name = `${replacementName(replacement)}${scope === 'all' ? ', with padding' : ''}`;
  const areas = [deletionArea, insertionArea, randomArea].map(({ value }) => three(value).padEnd(10));
  return `  ${name.padEnd(40)}${areas.join(' ')} ${range(deletionGain)}`;
}

function padding({ padding: worth }: Evaluation): string {
  if ('unavailable' in worth) return worth.unavailable;
  const drops = worth.drop.map(
    ({ replacement, drop }) => `${three(drop.value)} (${replacementName(replacement)})`,
  );
  return `Padding is ${formatShare(worth.cells)} of the cells and ${formatShare(worth.inTop.value)} of the map's top 10 %; replacing it alone lowers p by ${drops.join(', ')}.`;
}

function range({ value, interval: [low, high] }: Estimate): string {
  return `${three(value)} [${three(low)}, ${three(high)}]`;
}

function two(value: number): string {
  return value.toFixed(2);
}

function three(value: number): string {
  return value.toFixed(3);
}
