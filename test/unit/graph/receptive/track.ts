import type { GraphBuilder } from '../../../../src/graph/builder.ts';
import type { Track } from '../../../../src/graph/receptive/track.ts';
import { trackTensors } from '../../../../src/graph/receptive/trackTensors.ts';
import type { Runtime } from '../../../../src/graph/runtime.ts';
import { probeShapes } from '../../../../src/graph/shapes.ts';
import { float32 } from '../../../../src/graph/tensor.ts';
import { CHANNELS, type Grow, STEPS } from './grow.ts';

/** Where `y` stands on the axis of time, by rule. */
export async function track(runtime: Runtime, builder: GraphBuilder, y: string): Promise<Track | undefined> {
  const graph = builder.build([{ name: y, dtype: null, dims: [] }]);
  const feeds = { x: float32([2, CHANNELS, STEPS], new Float32Array(2 * CHANNELS * STEPS).fill(1)) };
  const shapes = await probeShapes(graph, runtime, feeds);
  const roles = ['batch', 'feature', 'time'] as const;
  return trackTensors(graph, shapes, { name: 'x', roles, steps: STEPS, features: CHANNELS }).tracks.get(y);
}

/** Shorter tensors are not put under another window: the widest one is 16 steps. */
const SHORTEST = 17;

/** One operator after the other, as long as the time axis is long enough for the next. */
export async function grown(runtime: Runtime, builder: GraphBuilder, steps: readonly Grow[]) {
  let y = 'x';
  let found: Track | undefined;
  for (const grow of steps) {
    if (found?.field && found.field.from.length < SHORTEST) break;
    y = grow(builder, y);
    found = await track(runtime, builder, y);
  }
  return { y, found };
}
