import type { Random } from '../random.ts';
import type { LogitSplit } from './audit.ts';
import { bootstrapMean } from './estimate.ts';

/** One instance at the feature map a pooled-linear head reads. */
export interface SplitCase {
  /** [rows, P] Σ_k g_k(p)·A_k(p) of the predicted class, signed: exactly what each position adds to the logit. */
  readonly contributions: Float32Array;
  /** [P] 1 where the position's centre lies on a real step. */
  readonly real: Uint8Array;
  /** Logit of the predicted class. */
  readonly logit: number;
  /** Logit of the same class when the feature map is zero. */
  readonly bias: number;
}

/**
 * logit = bias + Σ_real c(p) + Σ_padding c(p). Exact, because a pooled-linear head is linear in the feature map (Zhou
 * et al. 2016 use the same sum for CAM).
 */
export function logitSplit(layer: string, cases: readonly SplitCase[], random: Random): LogitSplit {
  const bias = Float32Array.from(cases, (one) => one.bias);
  const real = Float32Array.from(cases, (one) => sumWhere(one, 1));
  const padding = Float32Array.from(cases, (one) => sumWhere(one, 0));
  const shares = cases.map((_, i) => {
    const [onPadding, onReal] = [Math.abs(padding[i]!), Math.abs(real[i]!)];
    return onPadding + onReal === 0 ? 0 : onPadding / (onPadding + onReal);
  });
  const gaps = cases.map((one, i) => Math.abs(one.logit - (bias[i]! + real[i]! + padding[i]!)));
  return {
    layer,
    bias,
    real,
    padding,
    paddingShare: bootstrapMean(shares, random),
    maxGap: gaps.reduce((most, gap) => Math.max(most, gap), 0),
  };
}

function sumWhere({ contributions, real }: SplitCase, wanted: 0 | 1): number {
  let sum = 0;
  contributions.forEach((value, cell) => {
    if (real[cell % real.length] === wanted) sum += value;
  });
  return sum;
}
