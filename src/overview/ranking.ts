import { forBootstrap, type Rows } from '../padding/blocks.ts';
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
  const n = rows.length;
  const means = meanOf(rows, features);
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

/** [features] of each member; normalised: each row's shares, all-zero rows left out. A million of them are not copied. */
function rowsOf(importance: Float32Array, features: number, members: ArrayLike<number>, scale: Scale): Rows {
  const own = (member: number) => importance.subarray(member * features, (member + 1) * features);
  const sumOf = (row: Float32Array) => row.reduce((total, value) => total + value, 0);
  const taken = Int32Array.from(members).filter((member) => scale === 'raw' || sumOf(own(member)) !== 0);
  const row = new Float64Array(features);
  return {
    length: taken.length,
    at: (index) => {
      const values = own(taken[index]!);
      const by = scale === 'normalised' ? sumOf(values) : 1;
      for (let feature = 0; feature < features; feature++) row[feature] = values[feature]! / by;
      return row;
    },
  };
}

/** [features] mean over rows. */
function meanOf(rows: Rows, features: number): Float64Array {
  const means = new Float64Array(features);
  for (let i = 0; i < rows.length; i++) {
    const row = rows.at(i);
    for (let feature = 0; feature < features; feature++) means[feature]! += row[feature]!;
  }
  for (let feature = 0; feature < features; feature++) means[feature]! /= Math.max(1, rows.length);
  return means;
}

/** [features] weighted mean over rows [n, features]. */
function meanRow(rows: Float64Array, features: number, weights: Int32Array): Float64Array {
  const means = new Float64Array(features);
  const n = rows.length / features;
  for (let i = 0; i < n; i++) {
    const weight = weights[i]!;
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
