import { Refusal } from '../../refusal.ts';
import { isObject, type Json, type JsonObject } from '../keras/config.ts';
import { list, object, text } from './form.ts';

/** A graph of the program as JSON: its calls, and what its tensors and sizes are. */
interface Calls {
  readonly nodes: readonly JsonObject[];
  readonly tensors: JsonObject;
  readonly sizes: JsonObject;
}

const GRADIENTS = 'torch.ops.higher_order.wrap_with_set_grad_enabled';
const AUTOCAST = 'torch.ops.higher_order.wrap_with_autocast';
const DEEPEST = 8;

/**
 * The calls of a graph, those of the blocks `torch.no_grad()`, `torch.set_grad_enabled()` and `torch.autocast()` among them. Behind
 * a block without gradients none passes, as behind `detach()`.
 * @throws Refusal `unsupported-operator` where gradients are turned on within a block that has none, `broken-model`
 */
export function inlined(graph: JsonObject, depth = 0): Calls {
  if (depth > DEEPEST)
    throw new Refusal('broken-model', `Blocks of the program lie more than ${DEEPEST} deep.`);
  const tensors: Record<string, Json> = { ...object(graph.tensor_values) };
  const sizes: Record<string, Json> = { ...object(graph.sym_int_values ?? {}) };
  const nodes: JsonObject[] = [];
  for (const [at, one] of list(graph.nodes).entries()) {
    const node = object(one);
    if (node.target !== GRADIENTS && node.target !== AUTOCAST) {
      nodes.push(node);
      continue;
    }
    const block = blockOf(node, depth);
    const rename = renaming(node, block, `${block.name}#${at}.`);
    nodes.push(...block.nodes.map((inner) => renamedNode(inner, rename)), ...handedOut(node, block, rename));
    for (const [name, meta] of Object.entries(block.tensors)) tensors[rename(name)] ??= meta;
    for (const [name, meta] of Object.entries(block.sizes)) sizes[rename(name)] ??= meta;
  }
  return { nodes, tensors, sizes };
}

interface Block extends Calls {
  readonly name: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly given: readonly string[];
  readonly target: 'torch.ops.aten.alias.default' | 'torch.ops.aten.detach.default';
}

function blockOf(node: JsonObject, depth: number): Block {
  const given = list(node.inputs).map((input) => object(object(input).arg));
  const at = given.findIndex((argument) => isObject(argument.as_graph));
  const { name, graph } = object(given[at]?.as_graph);
  const inner = object(graph);
  const withGradients = node.target !== GRADIENTS || given[0]?.as_bool === true;
  const calls = inlined(inner, depth + 1);
  if (!withGradients && list(inner.nodes).some((one) => turnsOn(object(one)))) {
    throw new Refusal(
      'unsupported-operator',
      'The program turns gradients on within a block that has none (enable_grad within no_grad), which is not read; export the model without, or to ONNX (torch.onnx.export).',
    );
  }
  return {
    ...calls,
    name: text(name),
    inputs: list(inner.inputs).map(nameOf),
    outputs: list(inner.outputs).map(nameOf),
    given: given.slice(at + 1).map(nameOf),
    target: withGradients ? 'torch.ops.aten.alias.default' : 'torch.ops.aten.detach.default',
  };
}

function turnsOn(node: JsonObject): boolean {
  if (node.target !== GRADIENTS && node.target !== AUTOCAST) return false;
  const given = list(node.inputs).map((input) => object(object(input).arg));
  if (node.target === GRADIENTS) return given[0]?.as_bool === true;
  const block = given.find((argument) => isObject(argument.as_graph));
  return list(object(object(block?.as_graph).graph).nodes).some((one) => turnsOn(object(one)));
}

/** What a name within a block is called outside. */
function renaming(node: JsonObject, { inputs, given }: Block, prefix: string): (name: string) => string {
  if (inputs.length !== given.length) {
    throw new Refusal(
      'broken-model',
      `${text(node.target)} is given ${given.length} values for ${inputs.length}.`,
    );
  }
  const outer = new Map(inputs.map((name, i) => [name, given[i]!]));
  return (name) => outer.get(name) ?? prefix + name;
}

/** What a block gives, under the names it has outside. */
function handedOut(
  node: JsonObject,
  { outputs, target }: Block,
  rename: (name: string) => string,
): JsonObject[] {
  const names = list(node.outputs).flatMap((output) => {
    const { as_tensors: several } = object(output);
    return several === undefined ? [nameOf(output)] : list(several).map((one) => text(object(one).name));
  });
  return names.map((name, i) => ({
    target,
    inputs: [{ name: 'self', arg: { as_tensor: { name: rename(text(outputs[i])) } } }],
    outputs: [{ as_tensor: { name } }],
    metadata: node.metadata ?? {},
  }));
}

function renamedNode(node: JsonObject, rename: (name: string) => string): JsonObject {
  const inputs = list(node.inputs).map((input) => ({
    ...object(input),
    arg: renamed(object(input).arg ?? null, rename),
  }));
  return { ...node, inputs, outputs: renamed(node.outputs ?? null, rename) };
}

/** Every `name` of a tensor and `as_name` of a size in an argument. */
function renamed(value: Json, rename: (name: string) => string): Json {
  if (Array.isArray(value)) return value.map((one) => renamed(one, rename));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [
      key,
      (key === 'name' || key === 'as_name') && typeof one === 'string' ? rename(one) : renamed(one, rename),
    ]),
  );
}

/** Of a tensor, or of a size that is computed. */
function nameOf(argument: Json): string {
  const given = object(argument);
  if (isObject(given.as_tensor)) return text(given.as_tensor.name);
  const size = given.as_sym_int ?? given.as_sym_float;
  if (isObject(size)) return text(size.as_name);
  throw new Refusal(
    'unsupported-operator',
    'A block of the program (no_grad, autocast) takes or gives something that is no tensor; export the model without it.',
  );
}
