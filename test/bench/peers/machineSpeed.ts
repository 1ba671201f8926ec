import type { Graph } from '../../../src/graph/graph.ts';
import type { Runtime } from '../../../src/graph/runtime.ts';
import { float32 } from '../../../src/graph/tensor.ts';

const SIDE = 1024;

/** GFLOP/s of one product of two matrices 1024 × 1024: what a convolution could reach at most. The best of 15. */
export async function machineSpeed(runtime: Runtime): Promise<number> {
  const dims = [SIDE, SIDE];
  const graph: Graph = {
    ...{ opset: 17, irVersion: 8, producer: '', constants: new Map() },
    inputs: [
      { name: 'a', dtype: 'float32', dims },
      { name: 'b', dtype: 'float32', dims },
    ],
    outputs: [{ name: 'c', dtype: 'float32', dims }],
    nodes: [{ op: 'MatMul', domain: '', name: 'c', inputs: ['a', 'b'], outputs: ['c'], attributes: {} }],
  };
  const session = await runtime.load(graph);
  const matrix = float32(dims, new Float32Array(SIDE * SIDE).fill(0.5));
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 15; i++) {
    const start = performance.now();
    await session.run({ a: matrix, b: matrix });
    best = Math.min(best, performance.now() - start);
  }
  await session.dispose();
  return (2 * SIDE ** 3) / best / 1e6;
}
