import { int, ints } from '../../../graph/attributes.ts';
import type { Attributes, GraphNode, ValueInfo } from '../../../graph/graph.ts';
import { float32, int64, type Tensor } from '../../../graph/tensor.ts';
import { Refusal } from '../../../refusal.ts';
import { elementTypeNumber } from '../../onnx/elementType.ts';
import { permuted } from '../../permuted.ts';
import type { NodeDef } from './nodeDef.ts';
import { inOrder, type NodeSize, type NodeValue } from './value.ts';

/** The ONNX opset that graph models are written in. */
export const OPSET = 17;
const MOST_NODES = 200_000;
/** What TensorFlow's optimiser puts into the names of the nodes it makes; it is no layer. */
const OPTIMISER = /(^|(?<=\/))(ArithmeticOptimizer|ConstantFolding|Remapper)\//g;
const MOST_COMPUTED = 2 ** 28;

/** Writes the ONNX nodes of one TensorFlow node after another. */
export class Emitter {
  readonly nodes: GraphNode[] = [];
  readonly constants: Map<string, Tensor> = new Map();
  readonly inputs: ValueInfo[] = [];
  /** Of weights, so that initializers are called as they are. */
  private readonly weightNames = new WeakMap<Tensor, string>();
  private readonly taken = new Map<string, number>();
  private readonly takenByNodes = new Map<string, number>();
  private spent = 0;
  private readonly shared = new Map<string, string>();
  private readonly written = new Map<Tensor, Map<string, string>>();
  private unknown = 0;
  private from: NodeDef = { name: '', op: '', inputs: [], attributes: {} };

  /** From here on nodes are written for this one. */
  begin(node: NodeDef): void {
    this.from = node;
  }

  input(name: string, dtype: NodeValue['dtype'], shape: readonly NodeSize[]): NodeValue {
    const tensor = this.unique(name);
    this.inputs.push({ name: tensor, dtype, dims: shape });
    return { dtype, shape, tensor, order: inOrder(shape.length) };
  }

  /** Counts what is computed from weights here, which a file of a few lines could ask for without end. */
  spend({ data }: Tensor): void {
    this.spent += data.byteLength;
    if (this.spent > MOST_COMPUTED) {
      throw new Refusal(
        'model-too-big',
        'The graph asks for more than 256 MB to be computed from its weights.',
      );
    }
  }

  /** A weight of the file. */
  weight(tensor: Tensor, name: string): Tensor {
    this.weightNames.set(tensor, name);
    return tensor;
  }

  /** Another form of a tensor, under the same name where that is free. */
  alias(of: Tensor, tensor: Tensor): Tensor {
    const name = this.weightNames.get(of);
    return name === undefined ? tensor : this.weight(tensor, name);
  }

  /** A node that the TensorFlow node is there for; it bears its name. */
  main(op: string, inputs: readonly string[], attributes: Attributes = {}): string {
    return this.write(op, inputs, [this.unique(this.from.name)], this.from.name, attributes);
  }

  mainOutputs(op: string, inputs: readonly string[], count: number, attributes: Attributes = {}): string[] {
    const outputs = Array.from({ length: count }, (_, i) => this.unique(`${this.from.name}:${i}`));
    this.write(op, inputs, outputs, this.from.name, attributes);
    return outputs;
  }

  /** A node beside it, in the same scope. */
  aside(op: string, inputs: readonly string[], attributes: Attributes = {}): string {
    const name = this.unique(`${this.from.name}__${op}`);
    return this.write(op, inputs, [name], name, attributes);
  }

  /** The value under a name of its own. */
  output(value: NodeValue, name: string): string {
    const tensor = this.plain(value);
    return this.write('Identity', [tensor], [this.unique(name)], '', {});
  }

  ints(values: readonly number[]): string {
    return this.share(`i${values.join()}`, () => int64([values.length], values));
  }

  scalar(value: number): string {
    return this.share(`f${Object.is(value, -0) ? '-0' : value}`, () => float32([], [value]));
  }

  /** A size nothing is known about. */
  size(): NodeSize {
    return `size:${this.unknown++}`;
  }

  /** The ONNX tensor of a value with all its axes in TensorFlow's order. */
  plain(value: NodeValue): string {
    return this.arranged(value, inOrder(value.shape.length));
  }

  /** The ONNX tensor with exactly these axes of the value, in this order; those left out must have length 1. */
  arranged(value: NodeValue, order: readonly number[]): string {
    if (value.constant) return this.constant(value.constant, order);
    const { order: now } = value;
    if (same(now, order)) return value.tensor;
    const key = `${value.tensor}\n${now.join()}\n${order.join()}`;
    const known = this.shared.get(key);
    if (known !== undefined) return known;
    const kept = now.filter((axis) => order.includes(axis));
    const gone = now.flatMap((axis, i) => (order.includes(axis) ? [] : [i]));
    let tensor = value.tensor;
    if (gone.length > 0) tensor = this.aside('Squeeze', [tensor, this.ints(gone)]);
    const wanted = order.filter((axis) => kept.includes(axis));
    if (!same(kept, wanted)) {
      tensor = this.aside('Transpose', [tensor], { perm: ints(wanted.map((axis) => kept.indexOf(axis))) });
    }
    const added = order.flatMap((axis, i) => (kept.includes(axis) ? [] : [i]));
    if (added.length > 0) tensor = this.aside('Unsqueeze', [tensor, this.ints(added)]);
    this.shared.set(key, tensor);
    return tensor;
  }

  /** A tensor that holds the sizes, in TensorFlow's order. */
  shape(value: NodeValue): string {
    const seen = this.aside('Shape', [value.tensor]);
    if (same(value.order, inOrder(value.shape.length))) return seen;
    const withOne = this.aside('Concat', [seen, this.ints([1])], { axis: int(0) });
    const places = value.shape.map((_, axis) => value.order.indexOf(axis));
    const indices = places.map((at) => (at < 0 ? value.order.length : at));
    return this.aside('Gather', [withOne, this.ints(indices)], { axis: int(0) });
  }

  cast(tensor: string, dtype: NodeValue['dtype']): string {
    return this.aside('Cast', [tensor], { to: int(elementTypeNumber(dtype)) });
  }

  constant(tensor: Tensor, order: readonly number[] = inOrder(tensor.dims.length)): string {
    const forms = this.written.get(tensor) ?? new Map<string, string>();
    this.written.set(tensor, forms);
    const known = forms.get(order.join());
    if (known !== undefined) return known;
    const name = this.unique(this.weightNames.get(tensor) ?? `${this.from.name}__constant`);
    const form = permuted(tensor, order);
    if (form.data !== tensor.data) this.spend(form);
    this.constants.set(name, form);
    forms.set(order.join(), name);
    return name;
  }

  private share(key: string, make: () => Tensor): string {
    const known = this.shared.get(key);
    if (known !== undefined) return known;
    const name = this.unique('constant');
    this.constants.set(name, make());
    this.shared.set(key, name);
    return name;
  }

  private write(
    op: string,
    inputs: readonly string[],
    outputs: readonly string[],
    name: string,
    attributes: Attributes,
  ): string {
    if (this.nodes.length >= MOST_NODES) {
      throw new Refusal('model-too-big', `The graph becomes more than ${MOST_NODES} operators.`);
    }
    this.nodes.push({ op, domain: '', name: this.nodeName(name), inputs, outputs, attributes });
    return outputs[0]!;
  }

  private unique(wanted: string): string {
    return free(wanted, this.taken);
  }

  /** Names of nodes are a matter of their own; several steps of one TensorFlow node are numbered. */
  private nodeName(wanted: string): string {
    return wanted === '' ? '' : free(wanted.replace(OPTIMISER, ''), this.takenByNodes);
  }
}

function same(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((axis, i) => axis === b[i]);
}

/** @param taken names with the number that was given last. */
function free(wanted: string, taken: Map<string, number>): string {
  let name = wanted;
  for (let again = (taken.get(wanted) ?? 1) + 1; taken.has(name); again++) {
    name = `${wanted}__${again}`;
    taken.set(wanted, again);
  }
  taken.set(name, 1);
  return name;
}
