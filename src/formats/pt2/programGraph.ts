import { int } from '../../graph/attributes.ts';
import { GraphBuilder } from '../../graph/builder.ts';
import type { Graph, ValueInfo } from '../../graph/graph.ts';
import { int64, type Tensor } from '../../graph/tensor.ts';
import { Refusal } from '../../refusal.ts';
import { isObject } from '../keras/config.ts';
import { isInPlace, refuseSharedWrites } from './aliases.ts';
import { elementType } from './elementTypes.ts';
import { Lowering } from './lowering.ts';
import { operatorFor, unknownOperators } from './operators.ts';
import type { ExportedProgram, ProgramNode, Size } from './program.ts';
import { isSizeArithmetic, isSizeComparison, sizeArithmetic } from './sizeArithmetic.ts';
import { refuseUnread } from './unread.ts';
import type { Count, ProgramValue } from './value.ts';

const OPSET = 18;
const IR_VERSION = 8;
const MOST_NODES = 200_000;

/**
 * A `torch.export` program as an ONNX graph. Nodes bear the path of their module (`block/conv/Conv_3`), weights the
 * names they have in the state dict.
 * @param weights by the graph input that stands for them
 * @throws Refusal `unsupported-operator` with every operator that is not known and the modules that call them,
 *   `broken-model`, `model-too-big`
 */
export function programGraph(
  program: ExportedProgram,
  weights: ReadonlyMap<string, { readonly name: string; readonly value: Tensor }>,
): Graph {
  const unknown = unknownOperators(program);
  if (unknown !== undefined) throw unknown;
  refuseSharedWrites(program);
  const names = new Map([...weights].map(([input, { name }]) => [input, name]));
  const constants = new Map([...weights.values()].map(({ name, value }) => [name, value]));
  const producer = `pytorch ${program.version}`.trim();
  const builder = new GraphBuilder(
    { opset: OPSET, irVersion: IR_VERSION, producer, nodes: [], constants, inputs: [], outputs: [] },
    '',
  );
  const values = new Map<string, ProgramValue>();
  const counts = new Map<string, Count>();
  for (const [input, { value }] of weights) {
    values.set(input, { tensor: names.get(input)!, dtype: value.dtype, dims: value.dims });
  }
  for (const name of program.inputs) values.set(name, declare(builder, program, name));
  for (const node of program.nodes) {
    builder.scope = scopeOf(node);
    write(new Lowering(builder, node, program, values, counts), node, values, counts);
    if (values.size > MOST_NODES) {
      throw new Refusal('model-too-big', `The program has more than ${MOST_NODES} tensors.`);
    }
  }
  builder.scope = '';
  const outputs = program.outputs.map((name, i): ValueInfo => {
    const value = values.get(name);
    if (!value) {
      throw new Refusal('broken-model', `The program gives "${name}", which nothing in it makes.`);
    }
    // A key may be the name of an input or of weights.
    const free = [program.outputNames[i]!, `output_${i}`].find((name) => !builder.has(name));
    const shown = free ?? builder.unique('output');
    return { name: builder.rename(value.tensor, shown), dtype: value.dtype, dims: value.dims.map(shownSize) };
  });
  return { ...builder.build(outputs), traced: true };
}

function declare(builder: GraphBuilder, program: ExportedProgram, name: string): ProgramValue {
  const meta = program.tensors.get(name);
  if (!meta) throw new Refusal('broken-model', `The input "${name}" of the program has no type.`);
  const { dtype } = elementType(meta.dtype);
  builder.input({ name, dtype, dims: meta.sizes.map(shownSize) });
  return { tensor: name, dtype, dims: meta.sizes };
}

/** `Symbol('s77', …)` → `s77`. */
function shownSize(size: Size): number | string {
  return typeof size === 'number' ? size : (/^Symbol\('(\w+)'/.exec(size)?.[1] ?? 'computed');
}

/** `block`, `block.conv` → `block/conv`; in a second call of both `block@1/conv@1`. */
function scopeOf({ modules, calls }: ProgramNode): string {
  return modules
    .map((path, i) => {
      const parent = modules[i - 1];
      const part =
        parent !== undefined && path.startsWith(`${parent}.`) ? path.slice(parent.length + 1) : path;
      return part.replaceAll('/', '.') + (calls[i] ? `@${calls[i]}` : '');
    })
    .join('/');
}

function write(
  lowering: Lowering,
  node: ProgramNode,
  values: Map<string, ProgramValue>,
  counts: Map<string, Count>,
): void {
  const [first] = node.outputs;
  if (node.target === 'aten.sym_size.int') {
    counts.set(first as string, sizeOf(lowering));
  } else if (isSizeArithmetic(node.target)) {
    counts.set(first as string, sizeArithmetic(lowering));
  } else if (!isSizeComparison(node.target)) {
    lowering.refuseGiants();
    const made = operatorFor(node.target)!(lowering);
    refuseUnread(lowering);
    const flat = 'tensor' in made ? [made] : made;
    for (const [i, name] of node.outputs.flat().entries()) {
      const value = flat[i];
      if (value) values.set(name, value);
    }
    // Whoever reads it by its old name finds it changed.
    const changed = isInPlace(node) ? node.inputs.get('self') : undefined;
    if (flat[0] && isObject(changed) && isObject(changed.as_tensor)) {
      values.set(String(changed.as_tensor.name), flat[0]);
    }
  }
}

/** A size that is written in the program stays a number. */
function sizeOf(lowering: Lowering): Count {
  const { builder } = lowering;
  const self = lowering.tensor('self');
  const axis = lowering.axis('dim', self.dims.length);
  const size = self.dims[axis]!;
  if (typeof size === 'number') return size;
  const at = builder.constant(int64([1], [axis]));
  return {
    tensor: builder.add('Gather', [builder.shapeOf(self.tensor), at], { axis: int(0) }),
    expression: size,
  };
}
