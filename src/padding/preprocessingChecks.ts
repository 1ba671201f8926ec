import type { Finding } from '../finding.ts';
import { count } from '../format.ts';
import type { Case, InputShape } from '../preprocess/case.ts';
import { channelStatistics } from './channelStatistics.ts';
import { mean } from './estimate.ts';
import { padSide } from './padSide.ts';
import { percent } from './wording.ts';

/** What the checks look at. */
export interface PreprocessingFacts {
  readonly cases: readonly Case[];
  readonly shape: InputShape;
  readonly features: readonly string[];
  /** [F] −μ/σ of the standardisation, null where it is not known. */
  readonly rawZero: Float64Array | null;
  /** The padding is known to repeat the last real step, or the first. */
  readonly edgePadded?: boolean;
}

/** What the padded input itself tells about how it was made. */
export function preprocessingChecks(facts: PreprocessingFacts): Finding[] {
  const padded = facts.cases.filter((one) => one.length < facts.shape.steps);
  if (padded.length === 0)
    return [
      { code: 'no-padding', severity: 'info', sentence: 'No instance is padded.' },
      ...constantChannels(facts),
    ];
  return [
    sides(padded),
    ...padValues(facts, padded),
    ...pollutedStatistics(facts),
    ...zerosAtTheEdge(facts, padded),
    ...constantChannels(facts),
  ];
}

function sides(padded: readonly Case[]): Finding {
  const found = [...new Set(padded.map((one) => padSide(one.mask)))];
  const share = mean(padded.map((one) => 1 - one.length / one.mask.length));
  const sentence = `${padded.length === 1 ? '1 instance is' : `${padded.length} instances are`} padded (${found.join(', ')}); ${padded.length === 1 ? `${percent(share)} of its` : `on average ${percent(share)} of their`} columns are padding.`;
  return found.length > 1
    ? {
        code: 'padding-sides-differ',
        severity: 'warning',
        sentence: `${sentence} The side differs between instances, which the model may read.`,
      }
    : { code: 'padding-side', severity: 'info', sentence };
}

/** Is the padding 0 in standardised units, or −μ/σ, the trace of padding before standardising? */
function padValues({ shape, rawZero }: PreprocessingFacts, padded: readonly Case[]): Finding[] {
  const values = Array.from({ length: shape.features }, (_, f) => commonPadValue(padded, shape, f));
  if (values.some((value) => value === null)) {
    return [
      {
        code: 'padding-not-constant',
        severity: 'warning',
        sentence: 'The padding holds more than one value in a feature: it is not plain constant padding.',
      },
    ];
  }
  if (values.every((value) => Math.abs(value!) < 1e-6)) {
    return [
      {
        code: 'padding-is-mean',
        severity: 'info',
        sentence:
          "The padding is 0 in the model's units: the channel mean where the data are standardised on real steps.",
      },
    ];
  }
  const signature =
    rawZero !== null &&
    values.every((value, f) => Math.abs(value! - rawZero[f]!) <= 1e-3 * Math.max(1, Math.abs(rawZero[f]!)));
  if (signature) {
    return [
      {
        code: 'padded-before-standardising',
        severity: 'warning',
        sentence:
          'The padding stands at −μ/σ of every feature: the series were padded with raw zeros before they were standardised.',
      },
    ];
  }
  const largest = Math.max(...values.map((value) => Math.abs(value!)));
  return [
    {
      code: 'padding-not-zero',
      severity: 'warning',
      sentence: `The padding is not 0 in the model's units (up to ${largest.toPrecision(2)}); where it is far from the channel mean it looks like data.`,
    },
  ];
}

function commonPadValue(padded: readonly Case[], { steps }: InputShape, feature: number): number | null {
  let common: number | null = null;
  for (const { x, mask } of padded) {
    for (let t = 0; t < steps; t++) {
      if (mask[t]) continue;
      const value = x[feature * steps + t]!;
      if (common !== null && Math.abs(value - common) > 1e-5 * Math.max(1, Math.abs(common))) return null;
      common ??= value;
    }
  }
  return common;
}

/** μ and σ were taken over padding too when all cells, not the real steps, come out at mean 0 and sd 1. */
function pollutedStatistics({ cases, shape }: PreprocessingFacts): Finding[] {
  const off = (which: 'real' | 'all') => {
    const { mean: m, sd } = channelStatistics(cases, shape, which);
    return mean(Array.from(sd, (s, f) => (s === 0 ? 0 : Math.abs(m[f]!) + Math.abs(Math.log(s)))));
  };
  const [real, all] = [off('real'), off('all')];
  if (!(real > 0.15 && all < real / 2)) return [];
  return [
    {
      code: 'statistics-polluted',
      severity: 'warning',
      sentence:
        'Mean 0 and sd 1 hold over all cells but not over the real steps: μ and σ seem to be fitted with the padding counted as data.',
    },
  ];
}

/** Real steps right beside the padding that look exactly like it. */
function zerosAtTheEdge({ shape, edgePadded }: PreprocessingFacts, padded: readonly Case[]): Finding[] {
  // Padding that repeats the real step beside it is like it, however right the mask is.
  if (edgePadded || repeatsTheEdge(shape, padded)) return [];
  const alike = padded.filter((one) => {
    const edges = Array.from(one.mask.keys()).filter(
      (t) => one.mask[t] === 1 && (one.mask[t + 1] === 0 || one.mask[t - 1] === 0),
    );
    const pad = one.mask.indexOf(0);
    return edges.some((t) => sameColumn(one.x, shape, t, pad));
  });
  if (alike.length === 0) return [];
  return [
    {
      code: 'real-steps-like-padding',
      severity: 'warning',
      sentence: `In ${count(alike.length, 'instance')} (first: ${alike[0]!.id}) the real step beside the padding has the padding's values; check that the mask is right.`,
    },
  ];
}

/** Every padding repeats the real step beside it, and they differ: one value for all may be a mask that is short. */
function repeatsTheEdge(shape: InputShape, padded: readonly Case[]): boolean {
  const isOne = Array.from({ length: shape.features }, (_, f) => commonPadValue(padded, shape, f));
  if (isOne.every((value) => value !== null)) return false;
  return padded.every(({ x, mask }) => {
    const [first, last] = [mask.indexOf(1), mask.lastIndexOf(1)];
    return mask.every((real, t) => {
      if (real === 1) return true;
      return sameColumn(x, shape, t, t < first ? first : Math.min(t, last));
    });
  });
}

function sameColumn(x: Float32Array, { features, steps }: InputShape, a: number, b: number): boolean {
  for (let f = 0; f < features; f++) if (Math.abs(x[f * steps + a]! - x[f * steps + b]!) > 1e-6) return false;
  return true;
}

function constantChannels({ cases, shape, features }: PreprocessingFacts): Finding[] {
  const { sd } = channelStatistics(cases, shape, 'real');
  const constant = features.filter((_, f) => sd[f] === 0);
  if (constant.length === 0) return [];
  return [
    {
      code: 'constant-channels',
      severity: 'warning',
      sentence: `Constant over all real steps: ${constant.slice(0, 5).join(', ')}${constant.length > 5 ? ` and ${constant.length - 5} more` : ''}.`,
    },
  ];
}
