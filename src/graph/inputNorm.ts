import { floatOf } from './attributes.ts';
import { constantValues } from './constantValue.ts';
import type { Graph, GraphNode } from './graph.ts';
import { numbers, type Tensor } from './tensor.ts';

/** How a model standardises its input itself; [F] in the order of its features. */
export interface InputNorm {
  /** Of the node. */
  readonly name: string;
  readonly mean: readonly number[];
  readonly std: readonly number[];
}

/** They move numbers about, or let them be. */
const MOVES = new Set(['Identity', 'Cast', 'Transpose', 'Reshape', 'Unsqueeze', 'Squeeze']);
const DEEPEST = 8;

/**
 * The batch normalisation, or the subtraction and division, that the input reaches first; undefined where there is none
 * with one number per feature (or one for all), and where it was never fitted (mean 0 and variance 1 exactly).
 * @param input name of the tensor @param features F
 */
export function inputNorm(graph: Graph, input: string, features: number): InputNorm | undefined {
  const constants = constantValues(graph);
  let reached = [input];
  for (let depth = 0; depth < DEEPEST && reached.length > 0; depth++) {
    const readers = graph.nodes.filter(
      ({ inputs }) => inputs[0] !== undefined && reached.includes(inputs[0]),
    );
    for (const node of readers) {
      const found = normOf(graph, node, constants);
      if (!found) continue;
      const [mean, std] = [spread(found.mean, features), spread(found.std, features)];
      if (!mean || !std?.every((one) => one > 0)) continue;
      const isFitted = mean.some((one) => one !== 0) || std.some((one) => Math.abs(one - 1) > 1e-4);
      return isFitted ? { name: node.name, mean, std } : undefined;
    }
    reached = readers.filter(({ op }) => MOVES.has(op)).flatMap(({ outputs }) => outputs.slice(0, 1));
  }
  return undefined;
}

type Constants = ReadonlyMap<string, Tensor>;

function normOf(
  graph: Graph,
  node: GraphNode,
  constants: Constants,
): { readonly mean: number[]; readonly std: number[] } | undefined {
  const values = (name: string | undefined): number[] | undefined => {
    const found = name === undefined ? undefined : constants.get(name);
    return found && Array.from(numbers(found));
  };
  if (node.op === 'BatchNormalization') {
    const [mean, variance] = [values(node.inputs[3]), values(node.inputs[4])];
    const epsilon = floatOf(node, 'epsilon') ?? 1e-5;
    return mean && variance && { mean, std: variance.map((one) => Math.sqrt(one + epsilon)) };
  }
  const mean = node.op === 'Sub' ? values(node.inputs[1]) : undefined;
  const next = mean && graph.nodes.find(({ inputs }) => inputs[0] === node.outputs[0]);
  const by = next && values(next.inputs[1]);
  if (!mean || !by || (next.op !== 'Div' && next.op !== 'Mul')) return undefined;
  return { mean, std: next.op === 'Div' ? by : by.map((one) => 1 / one) };
}

function spread(values: readonly number[], features: number): readonly number[] | undefined {
  if (values.length === features) return values;
  return values.length === 1 ? Array<number>(features).fill(values[0]!) : undefined;
}
