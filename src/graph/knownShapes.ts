import { intOf, intsOf, textOf } from './attributes.ts';
import type { GraphNode } from './graph.ts';
import { numbers, type Tensor } from './tensor.ts';
import { UNARY } from './unary.ts';

type Dims = readonly number[];
type Follows = (inputs: readonly Dims[]) => Dims;

/** How the shape of a tensor follows from those of others. */
interface FollowingShape {
  readonly name: string;
  readonly inputs: readonly string[];
  readonly shape: Follows;
}

/** Element by element, with the shapes of all inputs spread over each other as NumPy does (since opset 7). */
const SPREAD = new Set([
  ...['Add', 'Sub', 'Mul', 'Div', 'Pow', 'Mod', 'Max', 'Min', 'Sum', 'Mean', 'Where'],
  ...['And', 'Or', 'Xor', 'Equal', 'Greater', 'GreaterOrEqual', 'Less', 'LessOrEqual'],
]);

/**
 * How the shapes of what a node makes follow from those of its inputs; none where they have to be looked at. The
 * operators are those of which graphs with many thousand nodes are made.
 */
export function knownShapes(
  node: GraphNode,
  opset: number,
  constants: ReadonlyMap<string, Tensor>,
): FollowingShape[] {
  const { op, domain, inputs, outputs } = node;
  if (domain !== '' || !outputs[0] || !inputs[0]) return [];
  const first = (shape: Follows, of = inputs) => [{ name: outputs[0]!, inputs: of, shape }];
  if (Object.hasOwn(UNARY, op)) return first(([dims]) => dims!, inputs.slice(0, 1));
  if (opset < 7) return [];
  if (SPREAD.has(op)) return first(spread);
  if (op === 'MatMul') return first(product);
  if (op === 'Conv' && (textOf(node, 'auto_pad') ?? 'NOTSET') === 'NOTSET')
    return first(([x, weights]) => convolved(node, x!, weights!), inputs.slice(0, 2));
  return op === 'Split' ? parts(node, constants) : [];
}

function parts(node: GraphNode, constants: ReadonlyMap<string, Tensor>): FollowingShape[] {
  const { inputs, outputs } = node;
  const axis = intOf(node, 'axis') ?? 0;
  const written = inputs[1] ? constants.get(inputs[1]) : undefined;
  const sizes = written ? numbers(written) : intsOf(node, 'split');
  if (outputs.includes('') || (inputs[1] && !written)) return [];
  return outputs.map((name, i) => ({
    ...{ name, inputs: inputs.slice(0, 1) },
    shape: ([dims]) => dims!.with(axis, sizes?.[i] ?? equalPart(dims!.at(axis)!, outputs.length, i)),
  }));
}

/** The last one may be smaller. */
function equalPart(length: number, count: number, i: number): number {
  const each = Math.ceil(length / count);
  return i < count - 1 ? each : length - each * (count - 1);
}

function spread(all: readonly Dims[]): Dims {
  const rank = Math.max(...all.map((dims) => dims.length));
  return Array.from({ length: rank }, (_, axis) => {
    const lengths = all.map((dims) => dims[axis - rank + dims.length] ?? 1);
    return lengths.find((length) => length !== 1) ?? 1;
  });
}

/** As NumPy's: the last two axes are multiplied, the others spread; a vector has one axis of its own. */
function product([left, right]: readonly Dims[]): Dims {
  const rows = left!.length > 1 ? left!.slice(-2, -1) : [];
  const columns = right!.length > 1 ? right!.slice(-1) : [];
  return [...spread([left!.slice(0, -2), right!.slice(0, -2)]), ...rows, ...columns];
}

/** As ONNX says of Conv: [N, C, P…] by [M, C / groups, K…]. */
function convolved(node: GraphNode, x: Dims, [channels, , ...kernel]: Dims): Dims {
  const [strides, dilations, pads] = ['strides', 'dilations', 'pads'].map((name) => intsOf(node, name));
  const positions = kernel.map((size, i) => {
    const padded = x[i + 2]! + (pads?.[i] ?? 0) + (pads?.[i + kernel.length] ?? 0);
    return Math.floor((padded - (dilations?.[i] ?? 1) * (size - 1) - 1) / (strides?.[i] ?? 1)) + 1;
  });
  return [x[0]!, channels!, ...positions];
}
