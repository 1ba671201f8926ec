import { Refusal } from '../../refusal.ts';
import { isObject, type Json, type JsonObject } from '../keras/config.ts';
import { list, object, text } from './form.ts';
import { inlined } from './inlined.ts';
import { outputNames } from './outputNames.ts';

/** Size of an axis: a number, or what it is called where it is free. */
export type Size = number | string;

/** What a tensor of the program is, as it was traced. */
interface TensorMeta {
  /** PyTorch's code of the element type, e.g. 7 for float32. */
  readonly dtype: number;
  readonly sizes: readonly Size[];
}

/** A call of the exported program. */
export interface ProgramNode {
  /** e.g. `aten.conv1d.padding`, `_operator.mul` */
  readonly target: string;
  readonly inputs: ReadonlyMap<string, Json>;
  /** In the order of the operator's schema: the names of tensors, a list of names, or of a size. */
  readonly outputs: readonly (string | readonly string[])[];
  /** Paths of the modules it was traced in, outermost first, the model itself left out. */
  readonly modules: readonly string[];
  /** For each of them, how often it was called before. */
  readonly calls: readonly number[];
}

/** The graph of a `torch.export` program, checked as far as it is read. */
export interface ExportedProgram {
  readonly version: string;
  /** Operators that are made of others stand as they were called: run_decompositions() has not been through it. */
  readonly isComposed: boolean;
  readonly nodes: readonly ProgramNode[];
  readonly tensors: ReadonlyMap<string, TensorMeta>;
  /** Sizes that are computed: their name, and the expression that tells equal ones. */
  readonly sizes: ReadonlyMap<string, Size>;
  /** Graph inputs that stand for weights and constants → the name these are stored under. */
  readonly stored: ReadonlyMap<string, string>;
  /** Names of the tensors that the person feeds, in order. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** What each of them is called in what the model gives. */
  readonly outputNames: readonly string[];
}

/** First number of the newest schema that is read. */
const SCHEMA = 8;
const TORCH_OPS = 'torch.ops.';

/** @throws Refusal `broken-model`, `unsupported-model` */
export function readProgram(json: Json): ExportedProgram {
  refuseNewer(object(json).schema_version);
  const module = object(object(json).graph_module);
  const graph = object(module.graph);
  const signature = object(module.signature);
  const stored = new Map<string, string>();
  const inputs: string[] = [];
  for (const spec of list(signature.input_specs)) readInputSpec(object(spec), stored, inputs);
  const outputs = list(signature.output_specs).flatMap((spec) => {
    const user = object(spec).user_output;
    return isObject(user) ? [argumentName(object(user).arg)] : [];
  });
  const calls = inlined(graph);
  const nodes = calls.nodes.map(readNode);
  refuseTwice([...stored.keys(), ...inputs, ...nodes.flatMap((node) => node.outputs.flat())]);
  return {
    version: typeof object(json).torch_version === 'string' ? (object(json).torch_version as string) : '',
    isComposed: list(object(json).verifiers ?? []).includes('TRAINING'),
    nodes,
    tensors: new Map(Object.entries(calls.tensors).map(([name, meta]) => [name, readMeta(object(meta))])),
    sizes: new Map(Object.entries(calls.sizes).map(([name, value]) => [name, readSize(value)])),
    stored,
    inputs,
    outputs,
    outputNames: outputNames(outSpecOf(module), outputs.length),
  };
}

/** PyTorch, too, raises the first number where older readers would misread the file. */
function refuseNewer(version: Json | undefined): void {
  const major = isObject(version) ? version.major : undefined;
  if (typeof major !== 'number' || major <= SCHEMA) return;
  throw new Refusal(
    'unsupported-model',
    `The program is written in schema ${major} of torch.export, and up to ${SCHEMA} is read; save it with PyTorch 2.13, or export it to ONNX.`,
  );
}

/** Names stand for one tensor each. */
function refuseTwice(names: readonly string[]): void {
  const seen = new Set<string>();
  for (const name of names) {
    if (name !== '' && seen.has(name))
      throw new Refusal(
        'broken-model',
        `The program makes "${name}" twice; save it again with torch.export.save.`,
      );
    seen.add(name);
  }
}

/** The tree of what the model itself gives, whose path is empty. */
function outSpecOf({ module_call_graph: calls }: JsonObject): Json | undefined {
  const whole = (Array.isArray(calls) ? calls : []).find((call) => isObject(call) && call.fqn === '');
  return isObject(whole) && isObject(whole.signature) ? whole.signature.out_spec : undefined;
}

function readInputSpec(spec: JsonObject, stored: Map<string, string>, inputs: string[]): void {
  for (const [kind, key] of [
    ['parameter', 'parameter_name'],
    ['buffer', 'buffer_name'],
    ['tensor_constant', 'tensor_constant_name'],
  ] as const) {
    const entry = spec[kind];
    if (isObject(entry)) stored.set(text(object(entry.arg).name), text(entry[key]));
  }
  if (isObject(spec.user_input)) inputs.push(argumentName(spec.user_input.arg));
  // What a constant input decides (None, a flag, a number) is decided in the program, and nothing reads it there.
  const read = ['parameter', 'buffer', 'tensor_constant', 'user_input', 'constant_input'];
  const other = Object.keys(spec).find((kind) => !read.includes(kind));
  if (other !== undefined) {
    throw new Refusal(
      'unsupported-model',
      `The program takes an input of kind "${other}"; export a model that takes tensors alone.`,
    );
  }
}

function readNode(node: JsonObject): ProgramNode {
  const target = text(node.target);
  const stack = isObject(node.metadata) ? node.metadata.nn_module_stack : undefined;
  return {
    target: target.startsWith(TORCH_OPS) ? target.slice(TORCH_OPS.length) : target,
    inputs: new Map(list(node.inputs).map((input) => [text(object(input).name), object(input).arg ?? null])),
    outputs: list(node.outputs).map((output) => readOutput(object(output))),
    ...modulesOf(typeof stack === 'string' ? stack : ''),
  };
}

function readOutput(output: JsonObject): string | readonly string[] {
  if (isObject(output.as_tensor)) return text(output.as_tensor.name);
  if (output.as_tensors !== undefined) return list(output.as_tensors).map((one) => text(object(one).name));
  const size = output.as_sym_int ?? output.as_sym_float;
  return isObject(size) ? text(size.as_name) : '';
}

/**
 * `key,path,class` joined by `;`; the path of the model itself is empty, a hook's begins with an underscore, the key of a
 * second call ends in `@1`.
 */
function modulesOf(stack: string): Pick<ProgramNode, 'modules' | 'calls'> {
  const entries = stack
    .split(';')
    .map((entry) => entry.split(','))
    .filter(([, path]) => path !== undefined && path !== '' && !path.startsWith('_empty_nn_module_stack'));
  return {
    modules: entries.map(([, path]) => path!),
    calls: entries.map(([key]) => Number(/@(\d{1,9})$/.exec(key!)?.[1] ?? 0)),
  };
}

function readMeta(meta: JsonObject): TensorMeta {
  return { dtype: Number(meta.dtype), sizes: list(meta.sizes).map(readSize) };
}

function readSize(size: Json): Size {
  const { as_int: known, as_expr: expression } = object(size);
  if (typeof known === 'number') return known;
  if (isObject(expression)) return text(expression.expr_str);
  throw new Refusal('broken-model', 'The program has a tensor whose size is neither a number nor a symbol.');
}

function argumentName(argument: Json | undefined): string {
  const given = object(argument);
  if (isObject(given.as_tensor)) return text(given.as_tensor.name);
  throw new Refusal(
    'unsupported-model',
    'The program takes or gives something that is no tensor; export a model that takes and gives tensors alone.',
  );
}
