/** A way of walking through a tensor: dims of what comes out, with the source's stride and start for each axis. */
export interface View {
  readonly dims: readonly number[];
  readonly strides: readonly number[];
  readonly offset: number;
}

/**
 * Copies what a view shows of `from` into `to`, one after the other, the last axis first: exact, whatever the type of
 * both. [dims…]
 */
export function copyStrided(from: Float32Array, to: Float32Array, { dims, strides, offset }: View): void {
  const at = dims.map(() => 0);
  let place = offset;
  for (let i = 0; i < to.length; i++) {
    to[i] = from[place]!;
    for (let axis = dims.length - 1; axis >= 0; axis--) {
      place += strides[axis]!;
      if (++at[axis]! < dims[axis]!) break;
      place -= dims[axis]! * strides[axis]!;
      at[axis] = 0;
    }
  }
}
