import type { GraphBuilder } from '../builder.ts';
import { replaceAxes } from './replaceAxes.ts';

interface Spread {
  readonly axis: number;
  readonly rank: number;
  /** Values along the axis. */
  readonly count: number;
  readonly stride: number;
}

/** Puts stride − 1 zeros between the values along one axis: `count` becomes (count − 1)·stride + 1. */
export function spread(builder: GraphBuilder, x: string, { axis, rank, count, stride }: Spread): string {
  if (stride === 1 || count === 1) return x;
  const pads = new Array<number>(2 * (rank + 1)).fill(0);
  pads[rank + 1 + axis + 1] = stride - 1;
  const gapped = builder.pad(builder.unsqueeze(x, [axis + 1]), pads);
  const joined = replaceAxes(builder, gapped, { tensor: x, rank, from: axis, to: axis + 1 }, [
    count * stride,
  ]);
  return builder.slice(joined, [axis], [0], [(count - 1) * stride + 1]);
}
