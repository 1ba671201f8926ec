import { GraphBuilder } from '../../../../src/graph/builder.ts';
import { trackTensors } from '../../../../src/graph/receptive/trackTensors.ts';
import type { Runtime } from '../../../../src/graph/runtime.ts';
import { probeShapes } from '../../../../src/graph/shapes.ts';
import { elementCount, float32 } from '../../../../src/graph/tensor.ts';
import { randomNumbers } from '../../gradient/opCase.ts';
import { emptyGraph } from '../smallGraph.ts';
import { F, type Grow, SERIES, T } from './behindX.ts';

/** What is said of the tensor, and per position the first and last step that changed it (-1 where none did). */
export async function both(runtime: Runtime, grow: Grow, opset = 17) {
  const builder = new GraphBuilder(emptyGraph(['N', F, T], opset));
  const y = grow(builder);
  const graph = builder.build([{ name: y, dtype: null, dims: [] }]);
  const random = randomNumbers(3);
  const probe = float32([2, F, T], new Float32Array(2 * F * T).fill(1));
  const shapes = await probeShapes(graph, runtime, { x: probe });
  const { tracks } = trackTensors(graph, shapes, {
    name: 'x',
    roles: SERIES,
    steps: T,
    features: F,
  });
  const track = tracks.get(y);
  const base = Float32Array.from({ length: F * T }, random);
  const session = await runtime.load(graph, { optimize: false });
  const values = async (changed: number) => {
    const x = Float32Array.from(
      { length: 2 * F * T },
      (_, i) => base[i % (F * T)]! + (i % T === changed ? 1 : 0),
    );
    return (await session.run({ x: float32([2, F, T], x) }))[y]!;
  };
  const before = await values(-1);
  const time = track?.roles.indexOf('time') ?? -1;
  const positions = before.dims[time] ?? 0;
  const behind = elementCount(before.dims.slice(time + 1));
  const seen = Array.from({ length: positions }, () => [-1, -1] as [number, number]);
  for (let step = 0; step < T && time >= 0; step++) {
    const after = await values(step);
    for (let i = 0; i < before.data.length; i++) {
      if (Math.abs(Number(after.data[i]) - Number(before.data[i])) < 1e-6) continue;
      const range = seen[Math.floor(i / behind) % positions]!;
      if (range[0] < 0) range[0] = step;
      range[1] = step;
    }
  }
  await session.dispose();
  return { track, seen };
}
