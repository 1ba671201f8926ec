import { widthSaid } from '../architectures/widthSaid.ts';
import type { TrainReport } from '../engine/train/trainReport.ts';
import { count, formatNumber, formatShare, listed } from '../format.ts';
import type { Estimate } from '../padding/audit.ts';

import { terminalCell, terminalLines } from '../surfaces/terminal.ts';

/** How a training went, for a person at a terminal; everything else is in `--json`. @param one files that could not be written are null */
export function trainText(
  one: TrainReport & { readonly out: string | null; readonly config: string | null },
): string {
  const { architecture, filters, parameters, features, steps, classes, curve, best } = one;
  const kept = curve[best];
  return terminalLines([
    `${architecture}, ${widthSaid(architecture, filters)}, ${parameters} weights: ${features} × ${steps} → ${classes.length} classes (${terminalCell(classes.slice(0, 12).map(unmistakable).join(', '))}${classes.length > 12 ? ', …' : ''})`,
    `padding     ${one.padding}${one.masked ? ', every layer masked' : ''}${one.maskInput ? ', the mask is its second input' : ''}`,
    ...(one.classWeights || one.smoothing ? [`weighing    ${weighing(one)}`] : []),
    `trained on  ${one.trainedOn} series, ${count(curve.length, 'epoch')}, ${one.seconds.toFixed(1)} s: ${ending(one)}`,
    kept
      ? `loss        ${formatNumber(kept.loss)} in epoch ${best + 1}, whose weights are kept`
      : `kept        the weights it began with: ${one.ended === 'diverged' ? 'they are the last that gave numbers' : 'no epoch was better'}`,
    ...(one.validation
      ? [
          `validation  ${rate(one.validation)}${kept ? ' (the epoch was chosen by it, so it is optimistic)' : ''}`,
        ]
      : ['validation  none: no class has series to spare']),
    ...(one.test ? [`test        ${rate(one.test)}`] : []),
    ...one.findings.map(({ severity, sentence }) => `${severity}: ${sentence}`),
    `written     ${one.out === null ? 'nothing' : terminalCell(one.out)}`,
    ...(one.config === null ? [] : [`            ${terminalCell(one.config)}`]),
  ]);
}

function ending({ ended, divergedAt, best, curve }: TrainReport): string {
  switch (ended) {
    case 'epochs':
      return 'all epochs';
    case 'patience':
      return `no better validation for ${count(curve.length - 1 - best, 'epoch')}`;
    case 'cancelled':
      return best < 0 ? 'cancelled before an epoch was better' : 'cancelled, the best so far is kept';
    case 'diverged':
      return `stopped, as the loss was no number at step ${divergedAt!.step} with a learning rate of ${formatNumber(divergedAt!.rate)}; the last good weights are kept`;
  }
}

function weighing({ classWeights, smoothing }: TrainReport): string {
  const parts = [
    ...(classWeights ? [`classes weigh ${listed(classWeights.map(formatNumber))}`] : []),
    ...(smoothing ? [`labels smoothed by ${formatNumber(smoothing)}`] : []),
  ];
  return parts.join(', ');
}

function rate({ value, interval: [low, high], n }: Estimate): string {
  return `${formatShare(value)} right of ${n} (95 % interval ${formatShare(low)} to ${formatShare(high)})`;
}

/** A name that would read as several ones is quoted. */
function unmistakable(name: string): string {
  return /[,"]/.test(name) ? JSON.stringify(name) : name;
}
