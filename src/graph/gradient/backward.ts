import type { GraphBuilder } from '../builder.ts';
import { composite, isComposite } from '../composites.ts';
import type { GraphNode } from '../graph.ts';
import { liveNodes } from '../liveNodes.ts';
import { notFloats } from '../notFloats.ts';
import { type Shapes, shapesAs } from '../shapes.ts';
import { namesRead } from '../topology.ts';
import type { BatchTaken } from './batchTaken.ts';
import { isFlat } from './flat.ts';
import { BeforePoles } from './poles.ts';
import { hasGradient, ruleFor } from './registry.ts';
import type { Backward } from './rule.ts';
import { normedKernel } from './rules/normedKernel.ts';
import { Step } from './step.ts';
import { sumOf } from './sum.ts';
import { noPath, unsupported, unsupportedMany } from './unsupported.ts';

/** A tensor whose gradient is known. */
interface Source {
  readonly tensor: string;
  readonly gradient: string;
}

/** Where the gradient starts and where it is wanted. */
export interface Path {
  readonly shapes: Shapes;
  /** The tensor that is differentiated, and d logit / d of it; several where no other way leads to any of them. */
  readonly from: Source | readonly Source[];
  /** The tensor the gradient is taken with respect to; several of them, e.g. the parameters of a model. */
  readonly at: string | readonly string[];
  /** Some of `at` may be read in ways without a gradient alone, as for their shape; one must have a gradient. */
  readonly partly?: true;
  /** Batch norms whose statistics the graph takes from the batch, by their output. */
  readonly inTraining?: ReadonlyMap<string, BatchTaken>;
  /** The nodes between `at` and `from` where they are not the graph's own. */
  readonly nodes?: readonly GraphNode[];
  /** The gradient at `from` may be infinite. */
  readonly infinite?: boolean;
}

/** One way a tensor is read on the way to the logits: by `step`'s node as input `index`. */
export interface Reading {
  readonly step: Step;
  readonly index: number;
  /** Appends what comes back this way; the gradient of the tensor is the sum over its readings. */
  readonly gradient: Backward;
}

/** The reverse pass from the logits back to one tensor: knows how every tensor between is read, and its gradient. */
export class ReversePass {
  private readonly read = new Map<string, Reading[]>();
  private readonly gradients = new Map<string, string>();
  private readonly beforePoles: BeforePoles;

  /**
   * @throws Refusal `unsupported-operator` for an operator on the way without a rule, `no-gradient-path` where the
   * logits do not rest on `path.at` or on one of them.
   */
  constructor(
    readonly builder: GraphBuilder,
    readonly path: Path,
  ) {
    const wanted = typeof path.at === 'string' ? [path.at] : path.at;
    const whole = path.nodes ? [] : notFloats(builder.base);
    const still = [...(path.inTraining?.values() ?? [])].flatMap((one) => [one.batchMean, one.batchVariance]);
    const nodes = path.nodes ?? builder.base.nodes;
    const sources = [path.from].flat();
    const starts = sources.map(({ tensor }) => tensor);
    const between = nodesBetween(nodes, wanted, starts, new Set([...still, ...whole]));
    const unknown = between.nodes.filter((node) => node.domain !== '' || !hasGradient(node.op));
    if (unknown.length > 0) throw unsupportedMany(unknown);
    for (const { tensor, gradient } of sources) this.gradients.set(tensor, gradient);
    this.beforePoles = new BeforePoles(builder, starts, path.infinite === true);
    for (const node of between.nodes.toReversed()) {
      this.pass(node, between.tensors);
      this.beforePoles.pass(node, between.tensors);
    }
    const lost = wanted.filter((name) => this.readings(name).length === 0 && !this.gradients.has(name));
    if (lost.length > (path.partly ? wanted.length - 1 : 0)) throw noPath(lost[0]!);
  }

  /** Empty for a tensor the logits do not rest on. */
  readings(tensor: string): readonly Reading[] {
    return this.read.get(tensor) ?? [];
  }

  /** d logit / d tensor, of the tensor's own dims; undefined where the logits do not rest on it. */
  gradient(tensor: string): string | undefined {
    const readings = this.readings(tensor);
    if (!this.gradients.has(tensor) && readings.length > 0) {
      this.gradients.set(
        tensor,
        sumOf(
          this.builder,
          readings.map((reading) => reading.gradient()),
        ),
      );
    }
    return this.gradients.get(tensor);
  }

  /** Nodes come last to first, so every reading of a node's outputs is known when the node's turn comes. */
  private pass(node: GraphNode, onTheWay: ReadonlySet<string>): void {
    if (this.passNormed(node, onTheWay)) return;
    const gradients = node.outputs.map((output) => this.gradient(output));
    if (gradients.every((gradient) => gradient === undefined)) return;
    const step = new Step(
      this.builder,
      this.path.shapes,
      node,
      gradients,
      this.path.inTraining?.get(node.outputs[0]!),
      node.outputs.some((output) => this.beforePoles.has(output)),
    );
    const backward = isComposite(node) ? [() => throughBody(step)] : ruleFor(node.op)!(step);
    for (const [index, input] of node.inputs.entries()) {
      if (!onTheWay.has(input)) continue;
      const gradient = backward[index];
      if (gradient === undefined) throw unsupported(node, `with respect to its input ${index}`);
      const readings = this.read.get(input);
      if (readings) readings.push({ step, index, gradient });
      else this.read.set(input, [{ step, index, gradient }]);
    }
  }

  /** Whether the kernel of a convolution gets its gradient by its windows; that of its output is not made then. */
  private passNormed(node: GraphNode, onTheWay: ReadonlySet<string>): boolean {
    const [reading, ...others] = this.readings(node.outputs[0]!);
    const windows = reading?.step.batch?.windows;
    if (!reading || windows?.output !== node.outputs[0] || others.length > 0) return false;
    const kernel = node.inputs[1]!;
    const moved = node.inputs.filter((input) => onTheWay.has(input));
    if (moved.length !== 1 || moved[0] !== kernel) return false;
    const gradient = () => normedKernel(reading.step, windows!);
    this.read.set(kernel, [...this.readings(kernel), { step: reading.step, index: 1, gradient }]);
    return true;
  }
}

/**
 * d logit / d x of a composite: its body is computed again and passed node by node. All its tensors have the dims of x,
 * but for numbers.
 */
function throughBody(step: Step): string {
  const { builder, shapes } = step;
  const x = step.input(0);
  let tensor = '';
  const nodes = builder.recording(() => {
    tensor = composite(step.node, step.x).name;
  });
  const inside = new Set(nodes.flatMap(({ outputs }) => outputs));
  const seen = (name: string) => (inside.has(name) ? x : name);
  const within = shapesAs(shapes, seen);
  const from = { tensor, gradient: step.gradient };
  const path = { shapes: within, from, at: x, nodes, infinite: step.infinite };
  return new ReversePass(builder, path).gradient(x)!;
}

/** The nodes and tensors the gradient passes between any of `at` and `from`, in the graph's order; none of `still`. */
function nodesBetween(
  nodes: readonly GraphNode[],
  at: readonly string[],
  from: readonly string[],
  still: ReadonlySet<string>,
) {
  const tensors = new Set(at);
  const between: GraphNode[] = [];
  for (const node of liveNodes(nodes, from)) {
    const reads = namesRead(node).some((name) => tensors.has(name));
    const smooth = node.outputs.filter((name) => name !== '' && !still.has(name));
    if (!reads || isFlat(node) || smooth.length === 0) continue;
    between.push(node);
    for (const output of smooth) tensors.add(output);
  }
  return { nodes: between, tensors };
}
