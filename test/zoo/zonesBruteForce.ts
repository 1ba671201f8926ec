import { canonicalAxes, inCanonicalOrder } from '../../src/attribution/canonicalAxes.ts';
import { GraphBuilder } from '../../src/graph/builder.ts';
import type { Classifier, Layer } from '../../src/graph/classifier.ts';
import type { Runtime } from '../../src/graph/runtime.ts';
import { elementCount, float32 } from '../../src/graph/tensor.ts';
import { randomNumbers } from '../unit/gradient/opCase.ts';

/**
 * exact: every position reads the very steps that are said (its first and its last one change it); wider: nothing it
 * reads is missing, but some steps that are said never changed it here; WRONG: a step changes it that is not said to.
 */
export type ZoneCheck = 'exact' | 'wider' | 'WRONG' | 'none';

/** Changes every input step by itself and looks which positions of the layer follow. */
export async function zonesBruteForce(
  { graph, input, shapes }: Classifier,
  layer: Layer,
  runtime: Runtime,
): Promise<ZoneCheck> {
  const dims = shapes.dims(input.name)!.slice(1);
  const steps = dims[input.layout.indexOf('T') - 1]!;
  const width = elementCount(dims);
  const builder = new GraphBuilder(graph);
  // Instances first, steps last, whatever the order of the layer's own axes.
  const name = inCanonicalOrder(builder, layer.tensor, canonicalAxes(layer, shapes));
  const session = await runtime.load(builder.build([{ name, dtype: null, dims: [] }]), { optimize: false });
  const positions = layer.positions.length;
  const first = new Int32Array(positions).fill(steps);
  const last = new Int32Array(positions).fill(-1);
  const stride = elementCount(dims.slice(input.layout.indexOf('T')));
  try {
    // Units that are dead for one series live for another.
    for (let seed = 3; seed < 9 && verdict({ first, last }, layer, steps) !== 'exact'; seed++) {
      const random = randomNumbers(seed);
      const base = Float32Array.from({ length: width }, () => random() * 4 - 2);
      const batch = new Float32Array((steps + 1) * width);
      for (let n = 0; n <= steps; n++) {
        batch.set(base, n * width);
        if (n === steps) break;
        for (let i = 0; i < width; i++) {
          if (Math.floor(i / stride) % steps === n) batch[n * width + i] = random() * 8 - 4;
        }
      }
      const x = float32([steps + 1, ...dims], batch);
      const found = (await session.run({ [input.name]: x }))[name]!;
      const values = found.data as Float32Array;
      const perInstance = values.length / (steps + 1);
      const scale = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      for (let n = 0; n < steps; n++) {
        for (let i = 0; i < perInstance; i++) {
          const apart = Math.abs(values[n * perInstance + i]! - values[steps * perInstance + i]!);
          if (apart <= 1e-6 * scale) continue;
          const p = i % positions;
          first[p] = Math.min(first[p]!, n);
          last[p] = Math.max(last[p]!, n);
        }
      }
    }
  } finally {
    await session.dispose();
  }
  return verdict({ first, last }, layer, steps);
}

/** @param seen the first and the last step that changed each position */
function verdict(
  seen: { readonly first: Int32Array; readonly last: Int32Array },
  { reads, positions }: Layer,
  steps: number,
): ZoneCheck {
  let exact = true;
  for (let p = 0; p < positions.length; p++) {
    const [first, last] = [seen.first[p]!, seen.last[p]!];
    const from = reads?.from[p] ?? 0;
    const to = reads?.to[p] ?? steps;
    if (last < 0) {
      exact &&= from === to;
    } else if (first < from || last >= to) {
      return 'WRONG';
    } else {
      exact &&= first === from && last === to - 1;
    }
  }
  return exact ? 'exact' : 'wider';
}
