import type { LeiEstimate } from './audit.ts';
import { classContrasts } from './classContrasts.ts';
import { balancedEffect, covariance, crossedEffect } from './crossedEffect.ts';
import { lengthSpread } from './lengthSpread.ts';
import { ratioInterval } from './ratioInterval.ts';
import type { SwapTable } from './swapTable.ts';
import { betweenWays, mixed, trustIn } from './transport.ts';
import type { WayTrust } from './ways.ts';

const TWO_SIDED_95 = 1.959964;
const ONE_SIDED_95 = 1.644854;
/**
 * How much of what the placebo shows may reach the figure where the classes' lengths lie wholly apart, and the error
 * that so few instances cannot show, over the size of the smallest class: docs/audit.md says how both were calibrated.
 */
const PLACEBO_ALLOWANCE = 0.15;
const UNSEEN = 0.1;

interface Swapped {
  readonly table: SwapTable;
  /** [n] class index per instance. */
  readonly labels: readonly number[];
  readonly lengths: readonly number[];
  /** [n] 1 where the untouched instance is answered rightly. */
  readonly correct: Uint8Array;
}

/**
 * LEI = (balanced accuracy with content swapped − chance) / (balanced accuracy − chance), with a 95 % interval that
 * covers the luck of the instances, as frames and as contents, and what carrying contents to other lengths may add.
 * @returns null where the accuracy cannot be told from chance, so that every LEI would do
 */
export function leiEstimate({ table, labels, lengths, correct }: Swapped): LeiEstimate | null {
  const classes = new Set(labels).size;
  const chance = 1 / classes;
  const trust = trustIn(table, labels, correct);
  const label = (at: number) => labels[table.frames[at]!]!;
  const mix = mixed(table, trust, label);
  const { all, same, smallest } = classContrasts(labels);
  const after = crossedEffect(table, mix, all);
  const placebo = crossedEffect(table, mix, same);
  const before = balancedEffect(correct, labels);
  const spread = lengthSpread(lengths, labels);
  const harm = harmOf(trust) * spread * PLACEBO_ALLOWANCE;
  const unseen = UNSEEN / smallest;
  const transport = harm ** 2 + betweenWays(table, trust, label, mix, all) + unseen ** 2;
  const luck = covariance(after, after);
  const ratio = {
    numerator: after.value - chance,
    denominator: before.value - chance,
    varNumerator: luck + transport,
    varDenominator: covariance(before, before),
    covariance: covariance(after, before),
  };
  const interval = ratioInterval(ratio, TWO_SIDED_95);
  const oneSided = ratioInterval(ratio, ONE_SIDED_95);
  if (!interval || !oneSided) return null;
  const half = TWO_SIDED_95 * Math.sqrt(ratio.varNumerator);
  const n = labels.length;
  return {
    lei: { value: ratio.numerator / ratio.denominator, interval, n },
    atLeast: oneSided[0],
    atMost: oneSided[1],
    contentSwapped: { value: after.value, interval: [after.value - half, after.value + half], n },
    placebo: (placebo.value - chance) / ratio.denominator,
    margin: ratio.denominator,
    transportShare: transport / (luck + transport),
    ways: trust,
  };
}

/** Root mean square over the directions of the mean deficit of the ways as they are mixed. */
function harmOf(trust: readonly WayTrust[]): number {
  const sum = (direction: WayTrust['direction']) =>
    trust.reduce(
      (all, one) => all + (one.direction === direction ? one.weight * Math.abs(one.deficit) : 0),
      0,
    );
  return Math.sqrt((sum('shorter') ** 2 + sum('longer') ** 2) / 2);
}
