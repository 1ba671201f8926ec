import type { Finding } from '../finding.ts';
import { THRESHOLDS } from './thresholds.ts';

/** What one batch normalisation was fitted on, and what reaches it from real steps. Arrays are [C]. */
export interface BatchNormStatistics {
  readonly name: string;
  readonly runningMean: ArrayLike<number>;
  readonly runningVariance: ArrayLike<number>;
  /** Over positions whose centre is a real step. */
  readonly realMean: ArrayLike<number>;
  /** Over all positions, padding counted as data. */
  readonly allMean: ArrayLike<number>;
}

/** Means per channel over some positions of some activations; feed it instance by instance. */
export class ChannelMeans {
  private readonly sums: Float64Array;
  private count = 0;

  constructor(private readonly channels: number) {
    this.sums = new Float64Array(channels);
  }

  /**
   * @param activation [C, rows, P] of one instance
   * @param counted [P] 1 where the position counts
   */
  add(activation: Float32Array, counted: Uint8Array): void {
    const perChannel = activation.length / this.channels;
    for (let c = 0; c < this.channels; c++) {
      for (let cell = 0; cell < perChannel; cell++) {
        if (counted[cell % counted.length]) this.sums[c]! += activation[c * perChannel + cell]!;
      }
    }
    this.count += (perChannel / counted.length) * counted.reduce((sum, one) => sum + one, 0);
  }

  /** [C] NaN where nothing counted. */
  means(): Float64Array {
    return this.sums.map((sum) => sum / this.count);
  }
}

/** Warns where the real steps of the audited file lie far from what a batch normalisation was fitted on. */
export function batchNormFindings(statistics: readonly BatchNormStatistics[]): Finding[] {
  return statistics.flatMap((norm) => {
    const [real, all] = [shifts(norm, norm.realMean), shifts(norm, norm.allMean)];
    const largest = Math.max(...real);
    if (!(largest > THRESHOLDS.batchNormShift)) return [];
    const far = real.filter((shift) => shift > THRESHOLDS.batchNormShift).length;
    // Fitted with padding counted as data, the running mean is that of all positions.
    const fittedOnPadding = sum(all) < sum(real) / 2;
    return [
      {
        code: 'batch-norm-shift',
        severity: 'warning' as const,
        sentence: `At batch normalisation "${norm.name}" ${far} of ${real.length} channels lie more than ${THRESHOLDS.batchNormShift} sd from the running mean on real steps (at most ${largest.toFixed(1)}); ${
          fittedOnPadding
            ? 'with padding counted as data they do not, so it was fitted on padding too.'
            : 'counting padding as data does not explain it, so these series differ from those it was fitted on.'
        }`,
      },
    ];
  });
}

/** [C] distance of means from the running ones, in running standard deviations. */
function shifts({ runningMean, runningVariance }: BatchNormStatistics, means: ArrayLike<number>): number[] {
  return Array.from(
    runningMean,
    (mean, c) => Math.abs(means[c]! - mean) / Math.sqrt(runningVariance[c]! + 1e-12),
  );
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
