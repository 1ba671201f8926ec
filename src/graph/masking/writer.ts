import type { Attributes, GraphNode } from '../graph.ts';
import { int64, type Tensor } from '../tensor.ts';

/** How names begin that masking writes. */
export const MASKED_SCOPE = 'attribution_masked';
/** How names begin of what computes the mask inside a model. */
export const MASK_INSIDE_SCOPE = 'attribution_mask_inside';

/** The masked graph while it grows: nodes in order, constants, and names nobody else uses. */
export class MaskWriter {
  readonly nodes: GraphNode[] = [];
  readonly constants: Map<string, Tensor>;
  private count = 0;
  /** Of the node that is being masked: what gives its output in its place lies in the same module. */
  metadata: GraphNode['metadata'];

  constructor(
    constants: ReadonlyMap<string, Tensor>,
    /** What Constant nodes of the model hold. */
    private readonly written: ReadonlyMap<string, Tensor> = new Map(),
  ) {
    this.constants = new Map(constants);
  }

  /** A value that is written in the model. */
  known(name: string): Tensor | undefined {
    return this.constants.get(name) ?? this.written.get(name);
  }

  /** A node of our own; gives the name of its one output. */
  add(op: string, inputs: readonly string[], attributes: Attributes = {}, output = this.name(op)): string {
    // Where an exporter names nodes after their tensors, the name is a node's already.
    const name = this.nodes.some((one) => one.name === output) ? this.name(op) : output;
    const metadata = output.startsWith(`${MASKED_SCOPE}/`) ? undefined : this.metadata;
    this.nodes.push({
      ...{ op, domain: '', name, inputs, outputs: [output], attributes },
      ...(metadata && { metadata }),
    });
    return output;
  }

  constant(value: Tensor): string {
    const name = this.name('constant');
    this.constants.set(name, value);
    return name;
  }

  ints(values: readonly number[]): string {
    return this.constant(int64([values.length], values));
  }

  name(what: string): string {
    this.count++;
    return `${MASKED_SCOPE}/${what}_${this.count}`;
  }
}
