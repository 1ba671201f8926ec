/** A series [F, T] with its mask [T], 1 on real steps, and how many these are. */
interface Masked {
  readonly x: Float32Array;
  readonly mask: Uint8Array;
  readonly length: number;
}

/** The real steps alone, [F, L]. */
export function realSteps(
  { x, mask, length }: Masked,
  { features, steps }: { readonly features: number; readonly steps: number },
): Float32Array {
  const real = new Float32Array(features * length);
  const first = mask.indexOf(1);
  if (length > 0 && mask.lastIndexOf(1) === first + length - 1) {
    // Copied one by one: a view for every feature costs more than its few steps.
    for (let f = 0, to = 0; f < features; f++) {
      const from = f * steps + first;
      for (let t = 0; t < length; t++) real[to++] = x[from + t]!;
    }
    return real;
  }
  for (let f = 0, to = 0; f < features; f++) {
    for (let t = 0; t < steps; t++) {
      if (mask[t]) real[to++] = x[f * steps + t]!;
    }
  }
  return real;
}
