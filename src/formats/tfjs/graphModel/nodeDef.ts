import { inTopologicalOrder } from '../../../graph/topology.ts';
import { Refusal } from '../../../refusal.ts';
import { broken, isObject, listAt, objectAt, textAt, type UnknownObject } from '../json.ts';

/** One node of a TensorFlow graph. */
export interface NodeDef {
  readonly name: string;
  readonly op: string;
  /** Data inputs; what a node only waits for (`^name`) is left out. */
  readonly inputs: readonly Port[];
  readonly attributes: UnknownObject;
}

/** Output `port` of a node. */
export interface Port {
  readonly node: string;
  readonly port: number;
}

const MOST_NODES = 50_000;
const MOST_INPUTS = 10_000;

/**
 * The nodes of a GraphDef, each behind those it reads.
 * @throws Refusal `broken-model`, also for a circle; `unsupported-model` where nodes call functions of the library.
 */
export function readNodes(topology: UnknownObject): NodeDef[] {
  const list = listAt(topology.node, "The graph's list of nodes");
  if (list.length > MOST_NODES) {
    throw new Refusal(
      'unsupported-model',
      `A graph of ${list.length} nodes is not read; at most ${MOST_NODES} are.`,
    );
  }
  const functions = functionNames(topology.library);
  const nodes = list.map((entry, i) => readNode(entry, `Node ${i + 1}`));
  for (const node of nodes) {
    if (functions.has(node.op) || /^(Stateful)?PartitionedCall$/.test(node.op)) {
      throw new Refusal(
        'unsupported-model',
        `Node "${node.name}" calls the function ${node.op}; convert the Keras model to a layers model or to ONNX, or this one again with its functions inlined.`,
      );
    }
    if (isControlFlow(node.op)) throw controlFlow(node);
  }
  return nodesInOrder(nodes);
}

/** Each behind those it reads. @throws Refusal `broken-model` for a circle, or where a node is missing. */
export function nodesInOrder(nodes: readonly NodeDef[]): NodeDef[] {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  return inTopologicalOrder(
    nodes.map(({ name, op, inputs }) => ({
      name,
      op,
      domain: '',
      inputs: inputs.map(({ node }) => node),
      outputs: [name],
      attributes: {},
    })),
    new Set(),
  ).map(({ name }) => byName.get(name)!);
}

const CONTROL =
  /^(While|StatelessWhile|If|StatelessIf|Case|StatelessCase|Switch|Merge|Enter|Exit|NextIteration|LoopCond|TensorList.*|EmptyTensorList|TensorArray.*)$/;

function isControlFlow(op: string): boolean {
  return CONTROL.test(op);
}

/** Loops run in a circle, so they are looked for before the nodes are put in order. */
function controlFlow({ name, op }: NodeDef): Refusal {
  return new Refusal(
    'unsupported-operator',
    `Node "${name}" (${op}) is control flow, which recurrent layers (LSTM, GRU) become in a TensorFlow graph; ` +
      'convert the Keras model to a layers model (tensorflowjs_converter --output_format=tfjs_layers_model) or to ONNX.',
  );
}

/** `name`, `name:1`; the first output may be written as `name:0`. */
export function readPort(text: string): Port {
  const found = /^(.*?)(?::(\d{1,4}))?$/s.exec(text);
  return { node: found?.[1] ?? text, port: Number(found?.[2] ?? 0) };
}

function readNode(entry: unknown, place: string): NodeDef {
  const node = objectAt(entry, place);
  const name = textAt(node.name, `${place}: its name`);
  const where = `Node "${name}"`;
  if (name === '') throw broken(place, 'has no name');
  const inputs = listAt(node.input ?? [], `${where}: input`).map((input) =>
    textAt(input, `${where}: an input`),
  );
  if (inputs.length > MOST_INPUTS) throw broken(where, `has ${inputs.length} inputs`);
  return {
    name,
    op: textAt(node.op, `${where}: op`),
    inputs: inputs.filter((input) => !input.startsWith('^')).map(readPort),
    attributes: node.attr === undefined || node.attr === null ? {} : objectAt(node.attr, `${where}: attr`),
  };
}

function functionNames(library: unknown): Set<string> {
  const list = isObject(library) && Array.isArray(library.function) ? (library.function as unknown[]) : [];
  const names = list.flatMap((entry) => {
    const signature = isObject(entry) ? entry.signature : undefined;
    return isObject(signature) && typeof signature.name === 'string' ? [signature.name] : [];
  });
  return new Set(names);
}
