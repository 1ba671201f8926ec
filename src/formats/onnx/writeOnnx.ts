import type { Attribute, Graph, GraphNode, ValueInfo } from '../../graph/graph.ts';
import { withoutUnread } from '../../graph/liveNodes.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { elementTypeNumber } from './elementType.ts';
import {
  type AttributeProto,
  type Draft,
  encodeModel,
  type GraphProto,
  type NodeProto,
  type TensorProto,
  toInt64,
  type ValueInfoProto,
} from './schema.ts';

const encoder = new TextEncoder();

/**
 * The ONNX file of a graph, weights inside. `readOnnx` gives the same graph back, but for nodes and constants that no
 * output rests on: of every constant that nothing reads, ONNX Runtime warns whenever it loads the file.
 * @param metadata what the file says of itself (`metadata_props`)
 */
export function writeOnnx(
  graph: Graph,
  metadata: ReadonlyMap<string, string> = graph.metadata ?? new Map(),
): Uint8Array {
  const domains = new Set(graph.nodes.map((node) => node.domain).filter((domain) => domain !== ''));
  const space = graph.producer.indexOf(' ');
  return encodeModel({
    irVersion: graph.irVersion,
    producerName: space < 0 ? graph.producer : graph.producer.slice(0, space),
    producerVersion: space < 0 ? '' : graph.producer.slice(space + 1),
    opsetImport: [
      { domain: '', version: graph.opset },
      ...[...domains].map((domain) => ({ domain, version: 1 })),
    ],
    metadataProps: [...metadata].map(([key, value]) => ({ key, value })),
    graph: writeGraph(withoutUnread(graph)),
  });
}

function writeGraph(graph: Graph): Draft<GraphProto> {
  return {
    name: 'graph',
    node: graph.nodes.map(writeNode),
    initializer: [...graph.constants].map(([name, tensor]) => writeTensor(tensor, name)),
    input: graph.inputs.map(writeValueInfo),
    output: graph.outputs.map(writeValueInfo),
  };
}

function writeNode(node: GraphNode): Draft<NodeProto> {
  return {
    input: [...node.inputs],
    output: [...node.outputs],
    name: node.name,
    opType: node.op,
    domain: node.domain,
    attribute: Object.entries(node.attributes).map(([name, attribute]) => writeAttribute(name, attribute)),
    metadataProps: [...(node.metadata ?? [])].map(([key, value]) => ({ key, value })),
  };
}

function writeAttribute(name: string, attribute: Attribute): Draft<AttributeProto> {
  switch (attribute.kind) {
    case 'float':
      return { name, type: 1, f: attribute.value };
    case 'int':
      return { name, type: 2, i: toInt64(attribute.value) };
    case 'string':
      return { name, type: 3, s: encoder.encode(attribute.value) };
    case 'tensor':
      return { name, type: 4, t: writeTensor(attribute.value, '') };
    case 'graph':
      return { name, type: 5, g: writeGraph(attribute.value) };
    case 'floats':
      return { name, type: 6, floats: [...attribute.value] };
    case 'ints':
      return { name, type: 7, ints: attribute.value.map(toInt64) };
    case 'strings':
      return { name, type: 8, strings: attribute.value.map((value) => encoder.encode(value)) };
  }
}

function writeTensor({ dtype, dims, data }: Tensor, name: string): Draft<TensorProto> {
  return {
    name,
    dims: [...dims],
    dataType: elementTypeNumber(dtype),
    rawData: new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
  };
}

function writeValueInfo({ name, dtype, dims, scalar }: ValueInfo): Draft<ValueInfoProto> {
  if (dtype === null) {
    return { name };
  }
  const dim = dims.map((value) =>
    typeof value === 'number' ? { dimValue: value } : value === null ? {} : { dimParam: value },
  );
  // No dims: a scalar, or a rank nobody said. An empty shape would claim the first, so none is written.
  const shape = dim.length === 0 && !scalar ? undefined : { dim };
  return { name, type: { tensorType: { elemType: elementTypeNumber(dtype), shape } } };
}
