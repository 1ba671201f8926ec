import { intOf, ints, intsOf } from '../graph/attributes.ts';
import { constantValues } from '../graph/constantValue.ts';
import type { Attributes, Graph, GraphNode } from '../graph/graph.ts';
import { ONE_VALUE } from '../graph/receptive/combine.ts';
import { elementCount, float32, int64, numbers, type Tensor } from '../graph/tensor.ts';
import { namesRead } from '../graph/topology.ts';

/** Of one value, but they read its neighbours, or have a rule of their own here. */
const BY_PLACE = ['BatchNormalization', 'LRN', 'Trilu'];
/** Their planes may be no floats, or they are scaled along an axis. */
const CONVERTING = ['Cast', 'CastLike', 'DequantizeLinear', 'IsInf', 'IsNaN', 'Not', 'QuantizeLinear'];
/** Operators of one value that planes pass through as they are. */
const ELEMENTWISE = new Set(ONE_VALUE.filter((op) => ![...BY_PLACE, ...CONVERTING].includes(op)));
const JOINING = new Set(['Add', 'Sub', 'Mul', 'Sum']);
const POOLS = new Set(['MaxPool', 'AveragePool']);
/** The native runtime's blocked convolutions take channels in fours, where there are more than a block of them. */
const CHANNELS = 4;
const FEWEST_PADDED = 16;

/**
 * The same graph with its one-dimensional convolutions, and what stands between them, over planes [N, C, 1, T] instead
 * of lines [N, C, T]: the native runtime has its quick, blocked convolutions for planes only. Everything else reads the
 * lines under their own names, so that outputs stay what they are; a plane that nothing but planes reads has no line.
 */
export function overPlanes(graph: Graph): Graph {
  const some = graph.nodes.some(({ op, domain }) => op === 'Conv' && domain === '');
  return some ? new Planes(graph).graph() : graph;
}

class Planes {
  private readonly values: ReadonlyMap<string, Tensor>;
  private readonly constants: Map<string, Tensor>;
  private readonly nodes: GraphNode[] = [];
  /** Lines that are there as planes, by name. */
  private readonly planes = new Map<string, string>();
  /** Planes whose line nobody has asked for yet. */
  private readonly unwritten = new Set<string>();
  private readonly filled = new Map<string, string>();
  private readonly names: ReadonlySet<string>;
  private count = 0;

  constructor(private readonly base: Graph) {
    this.values = constantValues(base);
    this.constants = new Map(base.constants);
    this.names = new Set([...base.nodes.flatMap((node) => [...namesRead(node), ...node.outputs])]);
  }

  graph(): Graph {
    for (const node of this.base.nodes) {
      if (this.taken(node)) continue;
      for (const name of namesRead(node)) this.writeLine(name);
      this.nodes.push(node);
    }
    for (const { name } of this.base.outputs) this.writeLine(name);
    return { ...this.base, nodes: this.nodes, constants: this.constants };
  }

  private taken(node: GraphNode): boolean {
    const { op, domain, inputs, outputs, attributes } = node;
    if (domain !== '' || outputs.length !== 1) return false;
    if (op === 'Conv') return this.convolution(node);
    const [x = ''] = inputs;
    const plane = this.planes.get(x);
    if (plane === undefined) return false;
    if (ELEMENTWISE.has(op) && inputs.length === 1) return this.put(node, [plane], attributes);
    if (POOLS.has(op) && isOverTime(node)) return this.put(node, [plane], wide(attributes));
    if (op === 'BatchNormalization' && (intOf(node, 'training_mode') ?? 0) === 0) {
      return this.put(node, [plane, ...inputs.slice(1)], attributes);
    }
    if (op === 'ReduceMean') return this.mean(node, plane);
    const isConcat = op === 'Concat' && [1, -2].includes(intOf(node, 'axis') ?? 0);
    if (!isConcat && !JOINING.has(op)) return false;
    const parts = inputs.map((name) => this.planes.get(name) ?? (isConcat ? undefined : this.number(name)));
    if (parts.some((part) => part === undefined)) return false;
    return this.put(node, parts as string[], isConcat ? { axis: { kind: 'int', value: 1 } } : attributes);
  }

  private convolution(node: GraphNode): boolean {
    const [x = '', w = '', ...bias] = node.inputs;
    const weights = this.values.get(w);
    if (weights?.dtype !== 'float32' || weights.dims.length !== 3) return false;
    const [filters, channels, taps] = weights.dims as [number, number, number];
    if (!isOverTime(node) || (intsOf(node, 'kernel_shape')?.[0] ?? taps) !== taps) return false;
    const missing = (CHANNELS - (channels % CHANNELS)) % CHANNELS;
    const padded = missing > 0 && channels >= FEWEST_PADDED && (intOf(node, 'group') ?? 1) === 1;
    const all = padded ? channels + missing : channels;
    const name = this.unique('weights');
    const data = padded ? spread(weights.data as Float32Array, channels * taps, all * taps) : weights.data;
    this.constants.set(name, float32([filters, all, 1, taps], data as Float32Array));
    const plane = this.planeOf(x);
    const read = padded ? this.withChannels(plane, missing) : plane;
    return this.put(node, [read, name, ...bias], { ...wide(node.attributes), kernel_shape: ints([1, taps]) });
  }

  /** The mean over time is the pool of the whole plane. */
  private mean(node: GraphNode, plane: string): boolean {
    const given = node.inputs[1] ? this.values.get(node.inputs[1]) : undefined;
    const axes = given ? [...numbers(given)] : intsOf(node, 'axes');
    if (axes?.length !== 1 || ![2, -1].includes(axes[0]!) || (intOf(node, 'keepdims') ?? 1) !== 0)
      return false;
    const pooled = this.add('GlobalAveragePool', [plane]);
    this.nodes.push(this.resized('Squeeze', pooled, [2, 3], node.outputs[0]!));
    return true;
  }

  private put(node: GraphNode, inputs: readonly string[], attributes: Attributes): boolean {
    const [line] = node.outputs as [string];
    const plane = this.unique(node.op);
    this.nodes.push({ ...node, inputs, outputs: [plane], attributes });
    this.planes.set(line, plane);
    this.unwritten.add(line);
    return true;
  }

  private planeOf(line: string): string {
    const known = this.planes.get(line);
    if (known !== undefined) return known;
    const plane = this.unique('plane');
    this.nodes.push(this.resized('Unsqueeze', line, [2], plane));
    this.planes.set(line, plane);
    return plane;
  }

  private writeLine(line: string): void {
    if (!this.unwritten.delete(line)) return;
    this.nodes.push(this.resized('Squeeze', this.planes.get(line)!, [2], line));
  }

  /** Channels of zeros behind those that are there. */
  private withChannels(plane: string, more: number): string {
    const known = this.filled.get(plane);
    if (known !== undefined) return known;
    const pads = [0, 0, 0, 0, 0, more, 0, 0];
    const filled =
      this.base.opset < 11
        ? this.add('Pad', [plane], { pads: ints(pads) })
        : this.add('Pad', [plane, this.integers(pads)]);
    this.filled.set(plane, filled);
    return filled;
  }

  /** One number goes with planes as it is. */
  private number(name: string): string | undefined {
    const value = this.values.get(name);
    return value && value.dims.length <= 1 && elementCount(value.dims) === 1 ? name : undefined;
  }

  private add(op: string, inputs: readonly string[], attributes: Attributes = {}): string {
    const name = this.unique(op);
    this.nodes.push({ op, domain: '', name, inputs, outputs: [name], attributes });
    return name;
  }

  private resized(
    op: 'Squeeze' | 'Unsqueeze',
    x: string,
    axes: readonly number[],
    output: string,
  ): GraphNode {
    const asInput = this.base.opset >= 13;
    const inputs = asInput ? [x, this.integers(axes)] : [x];
    const attributes: Attributes = asInput ? {} : { axes: ints(axes) };
    return { op, domain: '', name: this.unique(op), inputs, outputs: [output], attributes };
  }

  private integers(values: readonly number[]): string {
    const name = this.unique('integers');
    this.constants.set(name, int64([values.length], values));
    return name;
  }

  private unique(hint: string): string {
    let name: string;
    do name = `planes/${hint}_${this.count++}`;
    while (this.names.has(name));
    return name;
  }
}

/** Whether the window's attributes are those of one axis; the runtime refuses others in its own words. */
function isOverTime({ attributes }: GraphNode): boolean {
  return Object.entries(attributes).every(
    ([name, one]) => one.kind !== 'ints' || one.value.length === (name === 'pads' ? 2 : 1),
  );
}

/** Of a window over time, with an axis of one row before it. */
function wide(attributes: Attributes): Attributes {
  const changed = Object.entries(attributes).map(([name, one]) => {
    if (one.kind !== 'ints') return [name, one] as const;
    const value = name === 'pads' ? [0, one.value[0]!, 0, one.value[1]!] : [1, ...one.value];
    return [name, ints(value)] as const;
  });
  return Object.fromEntries(changed);
}

/** Rows of `from` numbers in rows of `to`, zeros behind them. */
function spread(values: Float32Array, from: number, to: number): Float32Array {
  const rows = values.length / from;
  const wider = new Float32Array(rows * to);
  for (let row = 0; row < rows; row++) wider.set(values.subarray(row * from, (row + 1) * from), row * to);
  return wider;
}
