import type { Attribute, Graph, GraphNode, ValueInfo } from '../../graph/graph.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { inTopologicalOrder } from '../../graph/topology.ts';
import { Refusal } from '../../refusal.ts';
import { elementType, isHalf } from './elementType.ts';
import type { ExternalFiles } from './externalData.ts';
import { readTensor } from './readTensor.ts';
import {
  type AttributeProto,
  type GraphProto,
  type NodeProto,
  toNumber,
  type ValueInfoProto,
} from './schema.ts';

/** What every graph of one file shares. */
interface Reading {
  readonly opset: number;
  readonly irVersion: number;
  readonly producer: string;
  readonly external?: ExternalFiles;
  /** How many graphs this one lies inside of. */
  readonly depth?: number;
}

/** Exporters nest an If or Loop a few deep; what nests further wants to exhaust the reader. */
const DEEPEST = 16;

const DOMAINS = new Set(['', 'ai.onnx', 'com.microsoft']);
/** Attributes that hold an element type number. */
const TYPE_ATTRIBUTES = new Set(['to', 'dtype', 'output_dtype']);
const FLOAT32 = 1;

/**
 * @param outer names an enclosing graph offers.
 * @throws Refusal where the graph is broken or uses something a Graph cannot hold.
 */
export function readGraph(proto: GraphProto, reading: Reading, outer: ReadonlySet<string>): Graph {
  if (proto.sparseInitializer.length > 0) {
    throw new Refusal(
      'unsupported-model',
      'The model holds sparse initializers; export it with dense weights.',
    );
  }
  const constants = new Map<string, Tensor>();
  for (const initializer of proto.initializer) {
    const where = `Initializer "${initializer.name}"`;
    if (constants.has(initializer.name)) {
      throw new Refusal('broken-model', `${where} occurs twice.`);
    }
    constants.set(initializer.name, readTensor(initializer, where, reading.external));
  }
  const inputs = proto.input
    .filter((input) => !constants.has(input.name))
    .map((input) => readValueInfo(input, `Input "${input.name}"`));
  const known = new Set([...outer, ...constants.keys(), ...inputs.map((input) => input.name)]);
  const names = new Set([...known, ...proto.node.flatMap((node) => node.output)]);
  const nodes = inTopologicalOrder(
    proto.node.map((node) => readNode(node, reading, names)),
    known,
  );
  for (const { name } of proto.output) {
    if (!names.has(name)) {
      throw new Refusal('broken-model', `The output "${name}" is produced by nothing in the model.`);
    }
  }
  return {
    opset: reading.opset,
    irVersion: reading.irVersion,
    producer: reading.producer,
    nodes,
    constants,
    inputs,
    outputs: proto.output.map((output) =>
      readValueInfo(output, `Output "${output.name}"`, (reading.depth ?? 0) > 0),
    ),
  };
}

function readNode(proto: NodeProto, reading: Reading, names: ReadonlySet<string>): GraphNode {
  if (!DOMAINS.has(proto.domain)) {
    throw new Refusal(
      'unsupported-operator',
      `Operator ${proto.domain}.${proto.opType} (node "${proto.name}") is not an ONNX operator; ` +
        'export the model without custom operators.',
    );
  }
  const title = `node "${proto.name}" (${proto.opType})`;
  return {
    op: proto.opType,
    domain: proto.domain === 'ai.onnx' ? '' : proto.domain,
    name: proto.name,
    inputs: proto.input,
    outputs: proto.output,
    attributes: Object.fromEntries(
      proto.attribute.map((attribute) => [attribute.name, readAttribute(attribute, title, reading, names)]),
    ),
    ...(proto.metadataProps.length > 0
      ? { metadata: new Map(proto.metadataProps.map(({ key, value }) => [key, value])) }
      : {}),
  };
}

/** AttributeProto.type numbers; 0 in files from before the field existed. */
const KINDS = ['', 'float', 'int', 'string', 'tensor', 'graph', 'floats', 'ints', 'strings'] as const;

function readAttribute(
  proto: AttributeProto,
  node: string,
  reading: Reading,
  names: ReadonlySet<string>,
): Attribute {
  const kind = proto.type === 0 ? kindByContent(proto) : KINDS[proto.type];
  switch (kind) {
    case 'float':
      return { kind, value: proto.f };
    case 'int': {
      const value = toNumber(proto.i);
      return { kind, value: TYPE_ATTRIBUTES.has(proto.name) && isHalf(value) ? FLOAT32 : value };
    }
    case 'string':
      return { kind, value: text(proto.s) };
    case 'floats':
      return { kind, value: [...proto.floats] };
    case 'ints':
      return { kind, value: proto.ints.map(toNumber) };
    case 'strings':
      return { kind, value: proto.strings.map(text) };
    case 'tensor':
      if (proto.t !== null) {
        const where = `Attribute "${proto.name}" of ${node}`;
        return { kind, value: readTensor(proto.t, where, reading.external) };
      }
      break;
    case 'graph':
      if (proto.g !== null) {
        const depth = (reading.depth ?? 0) + 1;
        if (depth > DEEPEST) {
          throw new Refusal(
            'unsupported-model',
            `${node} nests graphs more than ${DEEPEST} deep; export the model without nested control flow.`,
          );
        }
        return { kind, value: readGraph(proto.g, { ...reading, depth }, names) };
      }
  }
  throw new Refusal(
    'unsupported-model',
    `Attribute "${proto.name}" of ${node} is of a kind that is not supported (type ${proto.type}).`,
  );
}

function kindByContent(proto: AttributeProto): (typeof KINDS)[number] {
  const present = (key: keyof AttributeProto) => Object.hasOwn(proto, key);
  if (proto.t !== null) return 'tensor';
  if (proto.g !== null) return 'graph';
  if (proto.ints.length > 0) return 'ints';
  if (proto.floats.length > 0) return 'floats';
  if (proto.strings.length > 0) return 'strings';
  if (present('s')) return 'string';
  return present('i') ? 'int' : present('f') ? 'float' : 'ints';
}

/** @param optional in the graphs within nodes a type may be left out or be empty; PyTorch writes both */
function readValueInfo(proto: ValueInfoProto, where: string, optional = false): ValueInfo {
  const untyped = proto.type?.tensorType == null || proto.type.tensorType.elemType === 0;
  if (proto.type === null || (optional && untyped)) {
    return { name: proto.name, dtype: null, dims: [] };
  }
  const type = proto.type.tensorType;
  if (type === null) {
    throw new Refusal('unsupported-model', `${where} is not a tensor; the model is not a plain classifier.`);
  }
  const dims = (type.shape?.dim ?? []).map((dim) => {
    if (Object.hasOwn(dim, 'dimValue') && dim.dimValue !== undefined) {
      const value = toNumber(dim.dimValue);
      return value > 0 ? value : null;
    }
    return Object.hasOwn(dim, 'dimParam') && dim.dimParam ? dim.dimParam : null;
  });
  const scalar = type.shape !== null && dims.length === 0 ? ({ scalar: true } as const) : {};
  return { name: proto.name, dtype: elementType(type.elemType, where), dims, ...scalar };
}

const decoder = new TextDecoder();

/** protobufjs gives an empty array for bytes that are left out. */
function text(bytes: Uint8Array): string {
  return bytes.length === 0 ? '' : decoder.decode(bytes);
}
