import { decodeModel, encodeModel, type GraphProto, type NodeProto } from '../../src/formats/onnx/schema.ts';
import type { Dice } from './dice.ts';
import { mutateBytes } from './mutateBytes.ts';

const WHOLE = [0, 1, -1, 2, 3, 7, 128, 2 ** 20, 2 ** 31, -(2 ** 31), 2 ** 40, 2 ** 62];
const FLOATS = [0, -1, 1e-30, 1e30, Number.NaN, Number.POSITIVE_INFINITY];
const OPERATORS = [
  ...[
    'Relu',
    'Conv',
    'Concat',
    'Add',
    'MatMul',
    'Gemm',
    'Reshape',
    'Transpose',
    'Flatten',
    'Softmax',
    'Slice',
    'Gather',
  ],
  ...[
    'Tile',
    'Expand',
    'Pad',
    'Resize',
    'LSTM',
    'GRU',
    'If',
    'Loop',
    'Scan',
    'Shape',
    'ConstantOfShape',
    'NonZero',
    'TopK',
  ],
  ...[
    'MaxPool',
    'AveragePool',
    'GlobalAveragePool',
    'ReduceMean',
    'BatchNormalization',
    'Cast',
    'Einsum',
    'Nothing',
    '',
  ],
];

/** A sound protobuf message that says something no exporter would. */
export function mutateOnnx(bytes: Uint8Array, dice: Dice): Uint8Array {
  try {
    const model = decodeModel(bytes);
    if (model.graph === null) return mutateBytes(bytes, dice);
    for (let i = 1 + dice.below(3); i > 0; i--) dice.pick(changes)(model.graph, dice);
    if (dice.once(20)) model.opsetImport[0]!.version = dice.pick([0, 7, 9, 13, 17, 23, 99]);
    return encodeModel(model);
  } catch {
    return mutateBytes(bytes, dice);
  }
}

type Change = (graph: GraphProto, dice: Dice) => void;

const changes: readonly Change[] = [
  (graph, dice) => someNode(graph, dice, changeAttribute),
  (graph, dice) => someNode(graph, dice, changeAttribute),
  (graph, dice) => someNode(graph, dice, (node) => (node.opType = dice.pick(OPERATORS))),
  (graph, dice) =>
    someNode(graph, dice, (node) => {
      if (node.input.length > 0)
        node.input[dice.below(node.input.length)] = dice.pick([...names(graph), '', 'none']);
    }),
  (graph, dice) => someNode(graph, dice, (node) => void node.input.push(dice.pick(names(graph)))),
  (graph, dice) => void graph.node.splice(dice.below(graph.node.length), 1),
  (graph, dice) => someNode(graph, dice, (node) => void graph.node.push(node)),
  (graph, dice) => {
    const tensor = graph.initializer[dice.below(graph.initializer.length)];
    if (tensor && tensor.dims.length > 0) tensor.dims[dice.below(tensor.dims.length)] = dice.pick(WHOLE);
  },
  (graph, dice) => {
    const tensor = graph.initializer[dice.below(graph.initializer.length)];
    if (tensor) tensor.dataType = dice.below(24);
  },
  (graph, dice) => {
    const tensor = graph.initializer[dice.below(graph.initializer.length)];
    if (tensor) tensor.rawData = mutateBytes(Uint8Array.from(tensor.rawData), dice);
  },
  (graph, dice) => {
    const dims = dice.pick([...graph.input, ...graph.output])?.type?.tensorType?.shape?.dim ?? [];
    const dim = dims[dice.below(dims.length)];
    if (dim)
      dims[dims.indexOf(dim)] = dice.pick([
        { dimValue: dice.pick(WHOLE) },
        { dimParam: dice.pick(['N', 'T', '']) },
        {},
      ]);
  },
  (graph, dice) => {
    const info = dice.pick([...graph.input, ...graph.output]);
    if (info) info.name = dice.pick([...names(graph), '', '\u001b[31m', '[x](command:y)']);
  },
  (graph, dice) =>
    someNode(graph, dice, (node) => (node.name = dice.pick(['', '\u202e', 'a\nb', 'x'.repeat(5000)]))),
  doubled,
];

/** The same tensor joined to itself again and again, at some place of the graph. */
function doubled(graph: GraphProto, dice: Dice): void {
  const from = dice.pick(names(graph));
  let last = from;
  const made = Array.from({ length: dice.pick([3, 30]) }, (_, i) => {
    const node = { ...plain('Concat'), input: [last, last], output: [`twice ${i}`] };
    last = `twice ${i}`;
    return node;
  });
  const reader = dice.pick(graph.node);
  if (!reader || reader.input.length === 0) return;
  reader.input[0] = last;
  graph.node.unshift(...made);
}

function plain(opType: string): NodeProto {
  return { input: [], output: [], name: '', opType, attribute: [], domain: '', metadataProps: [] };
}

function someNode(graph: GraphProto, dice: Dice, change: (node: NodeProto, dice: Dice) => void): void {
  const node = dice.pick(graph.node);
  if (node) change(node, dice);
}

function changeAttribute(node: NodeProto, dice: Dice): void {
  const attribute = dice.pick(node.attribute);
  if (!attribute) return;
  if (attribute.ints.length > 0) attribute.ints[dice.below(attribute.ints.length)] = dice.pick(WHOLE);
  else if (attribute.type === 2) attribute.i = dice.pick(WHOLE);
  else if (attribute.type === 1) attribute.f = dice.pick(FLOATS);
  else if (attribute.t && attribute.t.dims.length > 0) attribute.t.dims[0] = dice.pick(WHOLE);
  else attribute.s = Buffer.from(dice.pick(['SAME_UPPER', 'VALID', 'linear', '', '\0']));
}

function names(graph: GraphProto): string[] {
  return [
    ...graph.node.flatMap(({ output }) => output),
    ...graph.initializer.map(({ name }) => name),
    ...graph.input.map(({ name }) => name),
  ];
}
