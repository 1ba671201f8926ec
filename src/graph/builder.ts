import { int, ints } from './attributes.ts';
import { constantValues } from './constantValue.ts';
import type { Attributes, Graph, GraphNode, ValueInfo } from './graph.ts';
import { liveNodes } from './liveNodes.ts';
import { float32, int64, type Tensor } from './tensor.ts';
import { namesRead } from './topology.ts';

/**
 * Appends nodes to a Graph and gives a new Graph; the first is never changed. Every method that appends gives the
 * name of the tensor it makes. Helpers named after a meaning (`reduceSum`, `slice`) write what the graph's opset asks.
 */
export class GraphBuilder {
  readonly opset: number;
  private readonly nodes: GraphNode[];
  private readonly constants: Map<string, Tensor>;
  private readonly known: Map<string, Tensor>;
  private readonly inputs: ValueInfo[];
  private readonly taken: Set<string>;
  private readonly shared = new Map<string, string>();
  private count = 0;

  /** @param scope path before the names that are made; '' for none. It may change while the graph is being built. */
  constructor(
    readonly base: Graph,
    public scope = 'attribution',
  ) {
    this.opset = base.opset;
    this.nodes = [...base.nodes];
    this.constants = new Map(base.constants);
    this.known = new Map(constantValues(base));
    this.inputs = [...base.inputs];
    this.taken = new Set([...this.constants.keys(), ...this.inputs.map((input) => input.name)]);
    for (const node of base.nodes)
      for (const name of [node.name, ...node.outputs, ...namesRead(node)]) this.taken.add(name);
  }

  /** One node with one output. `hint` goes into its name. */
  add(op: string, inputs: readonly string[], attributes: Attributes = {}, hint = op): string {
    return this.addMany(op, inputs, 1, attributes, hint)[0]!;
  }

  addMany(
    op: string,
    inputs: readonly string[],
    outputs: number,
    attributes: Attributes = {},
    hint = op,
    metadata?: ReadonlyMap<string, string>,
  ): string[] {
    const name = this.unique(hint);
    // Tensors bear other names than their node: a rewrite that puts a node before a tensor names it after that.
    const names = Array.from({ length: outputs }, (_, i) => `${name}:${i}`);
    for (const output of names) this.taken.add(output);
    this.nodes.push({
      op,
      domain: '',
      name,
      inputs,
      outputs: names,
      attributes,
      ...(metadata && { metadata }),
    });
    return names;
  }

  /** The nodes that `write` appends, in their order. */
  recording(write: () => void): readonly GraphNode[] {
    const from = this.nodes.length;
    write();
    return this.nodes.slice(from);
  }

  /** Gives an existing tensor a name of its own, e.g. that of an output. */
  rename(tensor: string, name: string): string {
    this.taken.add(name);
    this.nodes.push({
      op: 'Identity',
      domain: '',
      name: this.unique(`${name}_copy`),
      inputs: [tensor],
      outputs: [name],
      attributes: {},
    });
    return name;
  }

  input(info: ValueInfo): string {
    this.taken.add(info.name);
    this.inputs.push(info);
    return info.name;
  }

  constant(value: Tensor, hint = 'constant'): string {
    const name = this.unique(hint);
    this.constants.set(name, value);
    this.known.set(name, value);
    return name;
  }

  /** A float32 scalar; equal ones are shared. */
  scalar(value: number): string {
    return this.share(`f${value}`, () => this.constant(float32([], [value]), 'scalar'));
  }

  /** An int64 scalar; equal ones are shared. */
  int(value: number): string {
    return this.share(`n${value}`, () => this.constant(int64([], [value]), 'int'));
  }

  /** An int64 vector; equal ones are shared. */
  ints(values: readonly number[]): string {
    return this.share(`i${values.join()}`, () => this.constant(int64([values.length], values), 'ints'));
  }

  /** Value of a tensor that is written in the file (initializer, Constant node) or was added as a constant. */
  constantOf(tensor: string): Tensor | undefined {
    return this.known.get(tensor);
  }

  reduce(op: Reduction, x: string, axes: readonly number[], keepdims: boolean): string {
    const asInput = this.opset >= (op === 'ReduceSum' ? 13 : 18);
    const keep = { keepdims: int(keepdims ? 1 : 0) };
    return asInput
      ? this.add(op, [x, this.ints(axes)], keep)
      : this.add(op, [x], { axes: ints(axes), ...keep });
  }

  unsqueeze(x: string, axes: readonly number[]): string {
    return this.opset >= 13
      ? this.add('Unsqueeze', [x, this.ints(axes)])
      : this.add('Unsqueeze', [x], { axes: ints(axes) });
  }

  squeeze(x: string, axes: readonly number[]): string {
    return this.opset >= 13
      ? this.add('Squeeze', [x, this.ints(axes)])
      : this.add('Squeeze', [x], { axes: ints(axes) });
  }

  /** Elements from..to (exclusive) along each of `axes`; before opset 10 steps need bounds counted from the front. */
  slice(
    x: string,
    axes: readonly number[],
    from: readonly number[],
    to: readonly number[],
    steps: readonly number[] = [],
  ): string {
    const stepping = steps.some((step) => step !== 1);
    if (this.opset < 10 && stepping) {
      return axes.reduce((part, axis, i) => this.every(part, axis, from[i]!, to[i]!, steps[i]!), x);
    }
    if (this.opset < 10) {
      return this.add('Slice', [x], { axes: ints(axes), starts: ints(from), ends: ints(to) });
    }
    const inputs = [x, this.ints(from), this.ints(to), this.ints(axes)];
    return this.add('Slice', stepping ? [...inputs, this.ints(steps)] : inputs);
  }

  /** The `size` elements of an axis, last to first. */
  turned(x: string, axis: number, size: number): string {
    if (this.opset >= 10) return this.slice(x, [axis], [-1], [-(2 ** 31)], [-1]);
    const indices = Array.from({ length: size }, (_, i) => size - 1 - i);
    return this.add('Gather', [x, this.ints(indices)], { axis: int(axis) });
  }

  /** Parts of the given sizes along an axis. */
  split(x: string, axis: number, sizes: readonly number[]): string[] {
    if (sizes.length === 1) return [x];
    return this.opset >= 13
      ? this.addMany('Split', [x, this.ints(sizes)], sizes.length, { axis: int(axis) })
      : this.addMany('Split', [x], sizes.length, { axis: int(axis), split: ints(sizes) });
  }

  concat(parts: readonly string[], axis: number): string {
    return parts.length === 1 ? parts[0]! : this.add('Concat', parts, { axis: int(axis) });
  }

  /** 0 of the shape another tensor has when the graph runs. */
  zerosLike(like: string): string {
    return this.expandLike(this.scalar(0), like);
  }

  /** Constant padding; `pads` = [begin of each axis…, end of each axis…], negative ones crop. */
  pad(x: string, pads: readonly number[], value = 0): string {
    if (pads.every((pad) => pad === 0)) return x;
    if (this.opset < 11) {
      return this.add('Pad', [x], { pads: ints(pads), value: { kind: 'float', value } });
    }
    return this.add('Pad', value === 0 ? [x, this.ints(pads)] : [x, this.ints(pads), this.scalar(value)]);
  }

  transpose(x: string, perm: readonly number[]): string {
    return perm.every((from, to) => from === to) ? x : this.add('Transpose', [x], { perm: ints(perm) });
  }

  /** To the dims given; 0 keeps the input's dim at that place, -1 is inferred. */
  reshape(x: string, dims: readonly number[]): string {
    return this.add('Reshape', [x, this.ints(dims)]);
  }

  /** To the shape another tensor has when the graph runs, so that no batch size is baked in. */
  reshapeLike(x: string, like: string): string {
    return this.add('Reshape', [x, this.shapeOf(like)]);
  }

  expandLike(x: string, like: string): string {
    return this.add('Expand', [x, this.shapeOf(like)]);
  }

  toFloat(x: string): string {
    return this.add('Cast', [x], { to: int(1) });
  }

  /** Equal; before opset 11 it was not defined for floats. */
  equal(left: string, right: string): string {
    if (this.opset >= 11) return this.add('Equal', [left, right]);
    const apart = this.add('Or', [this.add('Greater', [left, right]), this.add('Less', [left, right])]);
    return this.add('Not', [apart]);
  }

  shapeOf(x: string): string {
    return this.share(`shape ${x}`, () => this.add('Shape', [x]));
  }

  /** The graph with the given outputs; nodes and constants nothing rests on are left out. */
  build(outputs: readonly ValueInfo[]): Graph {
    const names = outputs.map((output) => output.name);
    const nodes = liveNodes(this.nodes, names);
    const read = new Set([...nodes.flatMap(namesRead), ...names]);
    const constants = new Map([...this.constants].filter(([name]) => read.has(name)));
    return { ...this.base, nodes, constants, inputs: [...this.inputs], outputs: [...outputs] };
  }

  /** Whether something bears the name. */
  has(name: string): boolean {
    return this.taken.has(name);
  }

  /** A name nothing has yet. */
  unique(hint: string): string {
    let name: string;
    const path = this.scope === '' ? '' : `${this.scope}/`;
    do name = `${path}${hint}_${this.count++}`;
    while (this.taken.has(name));
    this.taken.add(name);
    return name;
  }

  private every(x: string, axis: number, from: number, to: number, step: number): string {
    const indices = Array.from({ length: Math.ceil((to - from) / step) }, (_, i) => from + i * step);
    return this.add('Gather', [x, this.ints(indices)], { axis: int(axis) });
  }

  private share(key: string, make: () => string): string {
    const name = this.shared.get(key) ?? make();
    this.shared.set(key, name);
    return name;
  }
}

/** The operators of ONNX that reduce axes. */
export type Reduction =
  | 'ReduceSum'
  | 'ReduceMean'
  | 'ReduceMax'
  | 'ReduceMin'
  | 'ReduceProd'
  | 'ReduceL1'
  | 'ReduceL2'
  | 'ReduceSumSquare';
