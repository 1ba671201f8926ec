import type { MaskedSeries } from '../preprocess/case.ts';

/** S points, and what the gradient at each counts. */
export type PointSet = {
  readonly origin: MaskedSeries;
  /** [S] */
  readonly weights: ArrayLike<number>;
} & (Line | Cloud);

/** Points x + a·d, [S] numbers a. */
interface Line {
  readonly kind: 'between';
  /** [F, T] */
  readonly direction: Float32Array;
  readonly along: ArrayLike<number>;
}

/** Points x + a·d, S directions [F, T], taken as they are needed. */
interface Cloud {
  readonly kind: 'around';
  readonly directions: Iterable<Float32Array>;
  readonly distance: number;
}
