import type { Graph } from '../graph/graph.ts';
import type { LoadedGraph, Tensors } from '../graph/runtime.ts';

/** From so many nodes on it is quicker to load a graph anew for each size. */
const MANY = 2500;
/** Full batches, and the rest. */
const KEPT = 2;

/**
 * Whether loading takes seconds that a fixed size saves: ONNX Runtime plans the memory of every tensor, and where sizes
 * are open its search grows with the square of their number (5,154 nodes: 4.4 s, with fixed sizes 1.0 s).
 */
export function loadsSlowly({ nodes, inputs }: Graph): boolean {
  return nodes.length > MANY && inputs.some(({ dims }) => dims.some((dim) => typeof dim !== 'number'));
}

/**
 * The graph, opened when it first runs, with its inputs as large as what it is fed; once more for another size.
 * @param open loads one of them
 */
export function atFixedSizes(graph: Graph, open: (graph: Graph) => Promise<LoadedGraph>): LoadedGraph {
  const opened = new Map<string, Promise<LoadedGraph>>();
  const close = async (key: string) => {
    const loaded = opened.get(key);
    opened.delete(key);
    await (await loaded)?.dispose();
  };
  return {
    async run(feeds, outputs) {
      const key = JSON.stringify(graph.inputs.map(({ name }) => feeds[name]?.dims));
      if (!opened.has(key)) {
        for (const old of [...opened.keys()].slice(0, Math.max(0, opened.size + 1 - KEPT))) await close(old);
        opened.set(key, open(sized(graph, feeds)));
      }
      try {
        return await (await opened.get(key)!).run(feeds, outputs);
      } catch (error) {
        await close(key).catch(() => {});
        throw error;
      }
    },
    async dispose() {
      for (const key of [...opened.keys()]) await close(key);
    },
  };
}

function sized(graph: Graph, feeds: Tensors): Graph {
  const inputs = graph.inputs.map((info) => ({
    ...info,
    dims: info.dims.map((dim, axis) => feeds[info.name]?.dims[axis] ?? dim),
  }));
  return { ...graph, inputs };
}
