import type { Finding } from '../finding.ts';
import { THRESHOLDS } from './thresholds.ts';

/** What one batch normalisation was fitted on, and what reaches it from real steps. Arrays are [C]. */
export interface BatchNormStatistics {
  readonly name: string;
  readonly runningMean: ArrayLike<number>;
  readonly runningVariance: ArrayLike<number>;
  /** Over positions whose centre is a real step. */
  readonly realMean: ArrayLike<number>;
}

/** Sums per channel over the real positions of some activations; feed it batch by batch. */
export class RealMean {
  private readonly sums: Float64Array;
  private count = 0;

  constructor(private readonly channels: number) {
    this.sums = new Float64Array(channels);
  }

  /**
   * @param activation [C, rows, P] of one instance
   * @param real [P] 1 where the position's centre is a real step
   */
  add(activation: Float32Array, real: Uint8Array): void {
    const perChannel = activation.length / this.channels;
    for (let c = 0; c < this.channels; c++) {
      for (let cell = 0; cell < perChannel; cell++) {
        if (real[cell % real.length]) this.sums[c]! += activation[c * perChannel + cell]!;
      }
    }
    this.count += (perChannel / real.length) * real.reduce((sum, one) => sum + one, 0);
  }

  mean(): Float64Array {
    return this.sums.map((sum) => sum / this.count);
  }
}

/** Warns where the real steps of the audited file lie far from what a batch normalisation was fitted on. */
export function batchNormFindings(statistics: readonly BatchNormStatistics[]): Finding[] {
  return statistics.flatMap(({ name, runningMean, runningVariance, realMean }) => {
    const shifts = Array.from(
      runningMean,
      (mean, c) => Math.abs(realMean[c]! - mean) / Math.sqrt(runningVariance[c]! + 1e-12),
    );
    const largest = Math.max(...shifts);
    if (!(largest > THRESHOLDS.batchNormShift)) return [];
    const far = shifts.filter((shift) => shift > THRESHOLDS.batchNormShift).length;
    return [
      {
        code: 'batch-norm-shift',
        severity: 'warning' as const,
        sentence: `Batch normalisation "${name}" was fitted with padding counted as data: on real steps ${far} of ${shifts.length} channels lie more than ${THRESHOLDS.batchNormShift} sd from its running mean (at most ${largest.toFixed(1)}).`,
      },
    ];
  });
}
