import type { InferenceSession, Tensor as OrtTensor, TensorConstructor } from 'onnxruntime-common';
import { writeOnnx } from '../formats/onnx/writeOnnx.ts';
import type { Graph } from '../graph/graph.ts';
import type { LoadedGraph, LoadOptions, Tensors } from '../graph/runtime.ts';
import type { DataType, Tensor } from '../graph/tensor.ts';
import { Refusal } from '../refusal.ts';
import { atFixedSizes, loadsSlowly } from './fixedSizes.ts';
import { withOneFilterProducts } from './oneFilter.ts';
import { overPlanes } from './planes.ts';

/** What onnxruntime-node and onnxruntime-web have in common. */
export interface Ort {
  readonly InferenceSession: {
    create(model: Uint8Array, options: InferenceSession.SessionOptions): Promise<InferenceSession>;
  };
  readonly Tensor: TensorConstructor;
}

/**
 * Spinning threads burn a core while the engine waits for the next request.
 * @param title names the runtime in a refusal, e.g. `onnxruntime-node 1.30.0`.
 * @throws Refusal `model-refused`.
 */
export async function openOrtSession(
  ort: Ort,
  title: string,
  provider: 'cpu' | 'wasm',
  threads: number,
  graph: Graph,
  options: LoadOptions = {},
): Promise<LoadedGraph> {
  if (options.optimize !== false && loadsSlowly(graph)) {
    return atFixedSizes(graph, (sized) => openOrtSession(ort, title, provider, threads, sized, options));
  }
  const quick =
    provider === 'cpu' && options.optimize !== false ? overPlanes(withOneFilterProducts(graph)) : graph;
  const session = await orRefuse(`${title} cannot run this model`, graph, () =>
    ort.InferenceSession.create(writeOnnx(quick), {
      executionProviders: [provider],
      graphOptimizationLevel: options.optimize === false ? 'disabled' : 'all',
      // Planning memory for the next run costs seconds for a graph of many thousand tensors; probes run once or twice.
      enableCpuMemArena: options.keepMemory !== false,
      enableMemPattern: options.optimize !== false && options.planMemory !== false,
      executionMode: 'sequential',
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      logSeverityLevel: 4,
      extra: { 'session.intra_op.allow_spinning': '0', 'session.inter_op.allow_spinning': '0' },
    }),
  );
  return {
    dims: dimsKnown(session),
    async run(feeds, outputs) {
      const ortFeeds = Object.fromEntries(
        Object.entries(feeds).map(([name, value]) => [name, toOrt(ort, value)]),
      );
      const results = await orRefuse(`${title} stopped while running this model`, graph, () =>
        outputs === undefined ? session.run(ortFeeds) : session.run(ortFeeds, [...outputs]),
      );
      return Object.fromEntries(
        Object.entries(results).map(([name, value]) => [name, fromOrt(name, value)]),
      ) satisfies Tensors;
    },
    dispose: () => session.release(),
  };
}

function dimsKnown({ outputMetadata }: InferenceSession): ReadonlyMap<string, readonly number[]> {
  const known = new Map<string, readonly number[]>();
  for (const output of outputMetadata) {
    // No dims at all are those of a scalar, or unknown.
    if (!output.isTensor || output.shape.length === 0) continue;
    // The WebAssembly runtime gives those without a name as the largest number of 32 bits.
    const dims = output.shape.filter(
      (dim): dim is number => typeof dim === 'number' && dim >= 0 && dim < 2 ** 31,
    );
    if (dims.length === output.shape.length) known.set(output.name, dims);
  }
  return known;
}

function toOrt(ort: Ort, { dtype, data, dims }: Tensor): OrtTensor {
  return new ort.Tensor(dtype as 'float32', data as Float32Array, dims);
}

const DATA_TYPES = new Set<string>([
  ...['float32', 'float64', 'int64', 'int32', 'int16', 'int8'],
  ...['uint8', 'uint16', 'uint32', 'uint64', 'bool'],
]);

function fromOrt(name: string, value: OrtTensor): Tensor {
  if (!DATA_TYPES.has(value.type)) {
    throw new Refusal(
      'unsupported-dtype',
      `The tensor "${name}" has element type ${value.type}, which is not supported.`,
    );
  }
  return { dtype: value.type as DataType, dims: [...value.dims], data: value.data as Tensor['data'] };
}

async function orRefuse<Result>(what: string, graph: Graph, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw new Refusal('model-refused', `${what}: ${withoutKernel(error, graph) ?? oneSentence(error)}`);
  }
}

/** Of an operator that is there, but not for the type of its numbers. */
function withoutKernel(error: unknown, { inputs, constants, nodes }: Graph): string | undefined {
  const [, op, name] =
    /Could not find an implementation for (\w+)\(\d+\) node with name '([^']*)'/.exec(String(error)) ?? [];
  if (op === undefined) return undefined;
  const node = nodes.find((one) => one.op === op && one.name === name);
  const types = [...(node?.inputs ?? []).map((input) => constants.get(input)), ...inputs].map(
    (one) => one?.dtype,
  );
  if (!types.includes('float64')) return undefined;
  return `it computes in float64, for which there is no ${op} (node "${name}"); export it with float32 weights.`;
}

/** Characters of a message: names of nodes stand in it. */
const MOST_LOOKED_AT = 4000;

/** The runtimes' messages run over several lines, with source files and error codes before what is said. */
function oneSentence(error: unknown): string {
  const message = (error instanceof Error ? error.message : String(error)).slice(0, MOST_LOOKED_AT);
  const [, node, op] = /\("([^"]*)", (\w+), .*No Op registered for \2 /s.exec(message) ?? [];
  if (op !== undefined) {
    return `it does not know the operator ${op} (node "${node}").`;
  }
  const said = message
    .replace(/\s+/g, ' ')
    .replace(/^.*ERROR_MESSAGE: /, '')
    .replace(/(?<!\S)\S+\.(?:cc|h|hpp):\d+ [^()]*\((?:[^()]|\([^()]*\))*\) /g, '')
    .replace(/\[ONNXRuntimeError\] : \d+ : \w+ : /g, '')
    .replace(
      /^Non-zero status code returned while running (\w+) node\. Name:'([^']*)' Status Message: /,
      '$1 "$2": ',
    )
    .trim();
  const short = said.length > 300 ? `${said.slice(0, 300)}…` : said || 'no reason given';
  return /[.!?…]$/.test(short) ? short : `${short}.`;
}
