import type { Graph } from '../graph/graph.ts';
import { withParameters } from '../graph/parameters.ts';
import type { LoadedGraph, Runtime, Tensors } from '../graph/runtime.ts';
import { float32, numbers, type Tensor } from '../graph/tensor.ts';
import { createOptimiser, type Optimiser, type OptimiserOptions } from './optimiser.ts';
import { LOSS, TARGETS, type TrainingGraph } from './trainingGraph.ts';

/** Share of the newest batch in running statistics; PyTorch's default. */
const MOMENTUM = 0.1;

/** Bytes of a step from which on they are given back after it: a graph that is loaded for each size of a batch keeps as much each. */
const MUCH = 400e6;

/** A model in training: its weights, the optimiser's state, and a session per graph that gives loss and gradients. */
export class Stepper {
  private readonly values: Float32Array[];
  private readonly running = new Map<string, Float32Array>();
  private readonly optimiser: Optimiser;

  private constructor(
    private readonly graphs: readonly TrainingGraph[],
    private readonly sessions: readonly LoadedGraph[],
    private readonly start: Graph,
    options: OptimiserOptions,
  ) {
    const copy = (name: string) => (start.constants.get(name)!.data as Float32Array).slice();
    this.values = this.graph.parameters.map(copy);
    for (const { mean, variance } of this.graph.statistics) {
      for (const name of [mean, variance]) this.running.set(name, copy(name));
    }
    this.optimiser = createOptimiser(
      options,
      this.values.map((value) => value.length),
    );
  }

  /**
   * @param graphs of the same weights, e.g. one for each length of series
   * @param start the graph whose initialisers are the weights before the first step
   * @param bytes that a step takes, about; 0 where it is little
   */
  static async open(
    graphs: readonly TrainingGraph[],
    start: Graph,
    runtime: Runtime,
    options: OptimiserOptions,
    bytes = 0,
  ): Promise<Stepper> {
    const names = ({ parameters }: TrainingGraph) => JSON.stringify(parameters);
    if (graphs.some((one) => names(one) !== names(graphs[0]!))) {
      throw new Error('graphs of different weights cannot be trained together');
    }
    const sessions: LoadedGraph[] = [];
    const loading = { planMemory: false, keepMemory: bytes < MUCH };
    for (const { graph } of graphs) sessions.push(await runtime.load(graph, loading));
    return new Stepper(graphs, sessions, start, options);
  }

  /**
   * One batch forward, backward, and the weights moved.
   * @param feeds the model's own inputs; @param targets [N, C] as targetsOf gives them; @param at which of the graphs
   * @returns the loss before the move and the logits [N, C] in training mode. Where loss, gradients or the
   * statistics of the batch are no numbers the loss is NaN and nothing moves.
   */
  async step(
    feeds: Tensors,
    targets: Tensor,
    rate: number,
    at = 0,
  ): Promise<{ loss: number; logits: Tensor }> {
    const graph = this.graphs[at]!;
    const results = await this.sessions[at]!.run({ ...feeds, ...this.parameters(), [TARGETS]: targets });
    const loss = numbers(results[LOSS]!)[0]!;
    const logits = results[graph.logits]!;
    if (!Number.isFinite(loss)) return { loss, logits };
    const gradients = graph.gradients.map((name, i) =>
      name === undefined ? new Float32Array(this.values[i]!.length) : (results[name]!.data as Float32Array),
    );
    const taken = graph.statistics.flatMap(({ batchMean, batchVariance }) => [batchMean, batchVariance]);
    const made = taken.map((name) => results[name]!.data as Float32Array);
    if (![...gradients, ...made].every(allFinite)) return { loss: Number.NaN, logits };
    for (const one of graph.statistics) this.keep(one, results);
    this.optimiser.step(this.values, gradients, rate);
    return { loss, logits };
  }

  /** The model with the weights as they are now, copied: further steps do not change it. */
  model(graph: Graph = this.start): Graph {
    const now = Object.entries(this.parameters()).map(([name, value]) => [name, copied(value)] as const);
    const running = [...this.running].map(
      ([name, data]) => [name, float32([data.length], data.slice())] as const,
    );
    return withParameters(graph, [...now, ...running]);
  }

  async dispose(): Promise<void> {
    for (const session of this.sessions) await session.dispose();
  }

  private get graph(): TrainingGraph {
    return this.graphs[0]!;
  }

  private parameters(): Record<string, Tensor> {
    return Object.fromEntries(
      this.graph.parameters.map((name, i) => [
        name,
        float32(this.start.constants.get(name)!.dims, this.values[i]!),
      ]),
    );
  }

  /** The running variance is the unbiased one, as PyTorch keeps it. */
  private keep(
    { mean, variance, batchMean, batchVariance, count }: TrainingGraph['statistics'][number],
    results: Tensors,
  ): void {
    const n = numbers(results[count]!)[0]!;
    const unbiased = n > 1 ? n / (n - 1) : 1;
    mix(this.running.get(mean)!, results[batchMean]!.data as Float32Array, 1);
    mix(this.running.get(variance)!, results[batchVariance]!.data as Float32Array, unbiased);
  }
}

function mix(into: Float32Array, from: Float32Array, factor: number): void {
  for (let i = 0; i < into.length; i++) into[i] = (1 - MOMENTUM) * into[i]! + MOMENTUM * factor * from[i]!;
}

function copied(value: Tensor): Tensor {
  return { ...value, data: value.data.slice() };
}

/** A sum is NaN or infinite where one of its parts is; four sums side by side take a third of the time of one. */
function allFinite(values: Float32Array): boolean {
  let [a, b, c, d] = [0, 0, 0, 0];
  const whole = values.length - (values.length % 4);
  for (let at = 0; at < whole; at += 4) {
    a += values[at]!;
    b += values[at + 1]!;
    c += values[at + 2]!;
    d += values[at + 3]!;
  }
  for (let at = whole; at < values.length; at++) a += values[at]!;
  return Number.isFinite(a + b + c + d);
}
