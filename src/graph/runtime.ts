import type { Graph } from './graph.ts';
import type { Tensor } from './tensor.ts';

/** In the order in which people are asked. */
export const RUNTIME_IDS = ['onnxruntime-node', 'onnxruntime-web', 'tfjs-node', 'tfjs-wasm'] as const;

/** The runtimes by name. */
export type RuntimeId = (typeof RUNTIME_IDS)[number];

/** Named tensors going into or coming out of a run. */
export type Tensors = Readonly<Record<string, Tensor>>;

/** Runs Graphs. The same Graph gives the same numbers on every Runtime (within 1e-4 of the largest value). */
export interface Runtime {
  readonly id: RuntimeId;
  readonly version: string;
  /** @throws Refusal `model-refused` in one sentence when the runtime cannot run the graph. */
  load(graph: Graph, options?: LoadOptions): Promise<LoadedGraph>;
}

/** How a graph is loaded. */
export interface LoadOptions {
  /** Off for probe runs that must see every intermediate tensor as the exporter wrote it. */
  readonly optimize?: boolean;
  /** Off where the largest tensors count: memory planned for the next run stands beside that of the first. */
  readonly planMemory?: boolean;
  /** Off where runs take much: what one has taken is given back after it, for a twentieth more time. */
  readonly keepMemory?: boolean;
}

/** A graph that is loaded and can be run; to be disposed of. */
export interface LoadedGraph {
  /** Dims of the outputs, as far as the runtime knows them before it runs: only those all of whose dims it knows. */
  readonly dims?: ReadonlyMap<string, readonly number[]>;
  /** All outputs of the graph, or only those named in `outputs`. */
  run(feeds: Tensors, outputs?: readonly string[]): Promise<Tensors>;
  dispose(): Promise<void>;
}
