import { floatOf } from '../attributes.ts';
import type { GraphBuilder } from '../builder.ts';
import type { GraphNode } from '../graph.ts';
import { numbers } from '../tensor.ts';

/** Their slope is infinite somewhere in their domain or at its edge, mostly at 0. */
const POLES = new Set([
  ...['Sqrt', 'Pow', 'Log', 'Reciprocal', 'Div', 'Acos', 'Acosh', 'Asin', 'Atanh'],
  ...['ReduceLogSum', 'ReduceProd', 'LpPool', 'GlobalLpPool', 'LpNormalization'],
]);

/** Tensors whose gradient may be infinite: a pole stands between them and where the gradient comes from. */
export class BeforePoles {
  private readonly tensors = new Set<string>();

  /** @param infinite whether what comes back to `from` may be so already */
  constructor(
    private readonly builder: GraphBuilder,
    from: readonly string[],
    infinite: boolean,
  ) {
    if (infinite) for (const tensor of from) this.tensors.add(tensor);
  }

  has(tensor: string): boolean {
    return this.tensors.has(tensor);
  }

  /** Nodes come last to first. @param onTheWay tensors the gradient comes back to */
  pass(node: GraphNode, onTheWay: ReadonlySet<string>): void {
    if (!isPole(this.builder, node) && !node.outputs.some((output) => this.tensors.has(output))) return;
    for (const input of node.inputs) if (onTheWay.has(input)) this.tensors.add(input);
  }
}

/** A norm has none, as long as something is added to its variance. */
function isPole(builder: GraphBuilder, node: GraphNode): boolean {
  if (node.op === 'Div' || node.op === 'Pow') {
    const second = builder.constantOf(node.inputs[1]!);
    const values = second && numbers(second);
    // Over a number that is not 0, or to a power of at least 1.
    return !values?.every((value) => (node.op === 'Div' ? value !== 0 : value >= 1));
  }
  return POLES.has(node.op) || floatOf(node, 'epsilon') === 0;
}
