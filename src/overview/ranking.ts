import { forBootstrap } from '../padding/blocks.ts';
import { correlation } from '../padding/correlation.ts';
import type { Random } from '../random.ts';
import { FEW, type FeatureRanking, type Scale } from './overview.ts';

const REPEATS = 1000;

/**
 * Features by their mean importance over instances, with 95 % percentile-bootstrap intervals of value and rank over
 * instances (Efron 1979), of very many over blocks of them (`forBootstrap`).
 * @param importance [N, features] mean |map| over real steps
 * @param members positions of the instances it is about
 */
export function rankFeatures(
  importance: Float32Array,
  features: number,
  members: ArrayLike<number>,
  scale: Scale,
  random: Random,
): FeatureRanking {
  const rows = rowsOf(importance, features, members, scale);
  const n = rows.length / features;
  const means = meanRow(rows, features, null);
  const order = [...means.keys()].sort((a, b) => means[b]! - means[a]! || a - b);
  if (n < FEW) {
    const ranked = order.map((feature) => ({
      ...{ feature, value: means[feature]!, interval: null, ranks: null },
    }));
    return { features: ranked, n, stability: null };
  }
  const redrawn = forBootstrap(rows, features, random);
  const count = redrawn.length / features;
  const draws = new Float32Array(features * REPEATS);
  const ranks = new Float32Array(features * REPEATS);
  const own = ranksOf(means);
  const weights = new Int32Array(count);
  let [agreement, told] = [0, 0];
  for (let draw = 0; draw < REPEATS; draw++) {
    weights.fill(0);
    for (let k = 0; k < count; k++) weights[random.integer(count)]!++;
    const drawn = meanRow(redrawn, features, weights);
    const places = ranksOf(drawn);
    for (let feature = 0; feature < features; feature++) {
      draws[feature * REPEATS + draw] = drawn[feature]!;
      ranks[feature * REPEATS + draw] = places[feature]!;
    }
    const same = correlation(own, places);
    if (Number.isFinite(same)) {
      agreement += same;
      told++;
    }
  }
  return {
    features: order.map((feature) => ({
      feature,
      value: means[feature]!,
      interval: middle(draws.subarray(feature * REPEATS, (feature + 1) * REPEATS)),
      ranks: middle(ranks.subarray(feature * REPEATS, (feature + 1) * REPEATS)),
    })),
    n,
    stability: told ? agreement / told : null,
  };
}

/** [n, features] of the members; normalised: each row's shares, all-zero rows left out. */
function rowsOf(
  importance: Float32Array,
  features: number,
  members: ArrayLike<number>,
  scale: Scale,
): Float64Array {
  const rows = new Float64Array(members.length * features);
  let n = 0;
  for (let m = 0; m < members.length; m++) {
    const row = importance.subarray(members[m]! * features, (members[m]! + 1) * features);
    const sum = row.reduce((total, value) => total + value, 0);
    if (scale === 'normalised' && sum === 0) continue;
    const by = scale === 'normalised' ? sum : 1;
    for (let feature = 0; feature < features; feature++) rows[n * features + feature] = row[feature]! / by;
    n++;
  }
  return rows.subarray(0, n * features);
}

/** [features] weighted mean over rows; every row once where no weights are given. */
function meanRow(rows: Float64Array, features: number, weights: Int32Array | null): Float64Array {
  const means = new Float64Array(features);
  const n = rows.length / features;
  for (let i = 0; i < n; i++) {
    const weight = weights ? weights[i]! : 1;
    if (weight === 0) continue;
    const at = i * features;
    for (let feature = 0; feature < features; feature++) means[feature]! += weight * rows[at + feature]!;
  }
  for (let feature = 0; feature < features; feature++) means[feature]! /= Math.max(1, n);
  return means;
}

/** [features] 1 = strongest; equals share the mean of their places. */
function ranksOf(values: Float64Array): Float64Array {
  const ranks = new Float64Array(values.length);
  const order = [...values.keys()].sort((a, b) => values[b]! - values[a]!);
  for (let from = 0, to = 0; from < order.length; from = to) {
    while (to < order.length && values[order[to]!] === values[order[from]!]) to++;
    for (let place = from; place < to; place++) ranks[order[place]!] = (from + to + 1) / 2;
  }
  return ranks;
}

/** The middle 95 %; sorts its argument. */
function middle(draws: Float32Array): readonly [number, number] {
  draws.sort();
  const at = (share: number) => draws[Math.min(draws.length - 1, Math.floor(share * draws.length))]!;
  return [at(0.025), at(0.975)];
}
