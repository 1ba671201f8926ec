import { messageCount } from './messageCount.ts';
import { type Messages, MessageType } from './wire.ts';

/**
 * The part of the ONNX schema (onnx.proto, proto2) a classifier needs: [field number, type, 'repeated' | 'packed'].
 * Fields left out here are skipped when read.
 */
const MESSAGES: Messages = {
  ModelProto: {
    irVersion: [1, 'int64'],
    producerName: [2, 'string'],
    producerVersion: [3, 'string'],
    graph: [7, 'GraphProto'],
    opsetImport: [8, 'OperatorSetIdProto', 'repeated'],
    metadataProps: [14, 'StringStringEntryProto', 'repeated'],
    functions: [25, 'FunctionProto', 'repeated'],
  },
  OperatorSetIdProto: { domain: [1, 'string'], version: [2, 'int64'] },
  FunctionProto: { name: [1, 'string'], domain: [10, 'string'] },
  GraphProto: {
    node: [1, 'NodeProto', 'repeated'],
    name: [2, 'string'],
    initializer: [5, 'TensorProto', 'repeated'],
    input: [11, 'ValueInfoProto', 'repeated'],
    output: [12, 'ValueInfoProto', 'repeated'],
    sparseInitializer: [15, 'SparseTensorProto', 'repeated'],
  },
  NodeProto: {
    input: [1, 'string', 'repeated'],
    output: [2, 'string', 'repeated'],
    name: [3, 'string'],
    opType: [4, 'string'],
    attribute: [5, 'AttributeProto', 'repeated'],
    domain: [7, 'string'],
    metadataProps: [9, 'StringStringEntryProto', 'repeated'],
  },
  AttributeProto: {
    name: [1, 'string'],
    f: [2, 'float'],
    i: [3, 'int64'],
    s: [4, 'bytes'],
    t: [5, 'TensorProto'],
    g: [6, 'GraphProto'],
    floats: [7, 'float', 'repeated'],
    ints: [8, 'int64', 'repeated'],
    strings: [9, 'bytes', 'repeated'],
    type: [20, 'int32'],
  },
  TensorProto: {
    dims: [1, 'int64', 'repeated'],
    dataType: [2, 'int32'],
    floatData: [4, 'float', 'packed'],
    int32Data: [5, 'int32', 'packed'],
    int64Data: [7, 'int64', 'packed'],
    name: [8, 'string'],
    rawData: [9, 'bytes'],
    doubleData: [10, 'double', 'packed'],
    uint64Data: [11, 'uint64', 'packed'],
    externalData: [13, 'StringStringEntryProto', 'repeated'],
    dataLocation: [14, 'int32'],
  },
  SparseTensorProto: { values: [1, 'TensorProto'] },
  StringStringEntryProto: { key: [1, 'string'], value: [2, 'string'] },
  ValueInfoProto: { name: [1, 'string'], type: [2, 'TypeProto'] },
  TypeProto: { tensorType: [1, 'TensorTypeProto'] },
  TensorTypeProto: { elemType: [1, 'int32'], shape: [2, 'TensorShapeProto'] },
  TensorShapeProto: { dim: [1, 'DimensionProto', 'repeated'] },
  DimensionProto: { dimValue: [1, 'int64'], dimParam: [2, 'string'] },
};

/** A 64-bit integer as protobufjs decodes it. */
interface Int64 {
  readonly low: number;
  readonly high: number;
  readonly unsigned: boolean;
}

/** The fields of onnx.proto that are read; see there for what they mean. */
export interface ModelProto {
  irVersion: Int64 | number;
  producerName: string;
  producerVersion: string;
  graph: GraphProto | null;
  opsetImport: { domain: string; version: Int64 | number }[];
  metadataProps: KeyValue[];
  functions: { name: string; domain: string }[];
}

/** A graph, of the model itself or of a branch or loop. */
export interface GraphProto {
  node: NodeProto[];
  name: string;
  initializer: TensorProto[];
  input: ValueInfoProto[];
  output: ValueInfoProto[];
  sparseInitializer: { values: TensorProto | null }[];
}

/** An input that is left out has the name ''. */
export interface NodeProto {
  input: string[];
  output: string[];
  name: string;
  opType: string;
  attribute: AttributeProto[];
  domain: string;
  metadataProps: KeyValue[];
}

/** `type` says which of the other fields holds the value. */
export interface AttributeProto {
  name: string;
  type: number;
  f: number;
  i: Int64 | number;
  s: Uint8Array;
  t: TensorProto | null;
  g: GraphProto | null;
  floats: number[];
  ints: (Int64 | number)[];
  strings: Uint8Array[];
}

/** Numbers lie in `rawData`, in the list of their type, or in a file beside the model. */
export interface TensorProto {
  dims: (Int64 | number)[];
  dataType: number;
  name: string;
  rawData: Uint8Array;
  floatData: number[];
  int32Data: number[];
  int64Data: (Int64 | number)[];
  doubleData: number[];
  uint64Data: (Int64 | number)[];
  externalData: KeyValue[];
  dataLocation: number;
}

/** A name with its type; only tensors are read. */
export interface ValueInfoProto {
  name: string;
  type: {
    tensorType: {
      elemType: number;
      shape: { dim: DimensionProto[] } | null;
    } | null;
  } | null;
}

/** Either member may be absent; presence says which is meant. */
interface DimensionProto {
  dimValue?: Int64 | number;
  dimParam?: string;
}

/** Of metadata, and of where external data lies. */
export interface KeyValue {
  key: string;
  value: string;
}

/** A message to be written: what is left out has its default. */
export type Draft<Message> = { [Key in keyof Message]?: Draft<Message[Key]> };

const modelType = MessageType.of(MESSAGES).get('ModelProto')!;

/** Nodes, attributes, tensors and types: the most nodes that are run come with a tenth of it. */
export const MOST_MESSAGES = 1_000_000;

/** At most one more than `MOST_MESSAGES`. @throws Error where the bytes are no protobuf message */
export function countMessages(bytes: Uint8Array): number {
  return messageCount(bytes, modelType, MOST_MESSAGES);
}

/** @throws Error where the bytes are no protobuf message. */
export function decodeModel(bytes: Uint8Array): ModelProto {
  return modelType.decode(bytes) as unknown as ModelProto;
}

/** The bytes of an .onnx file. */
export function encodeModel(model: Draft<ModelProto>): Uint8Array {
  return modelType.encode(model);
}

/** 64 bits as the reader of protobuf gives them, signed or not. */
export function toBigInt(value: Int64 | number): bigint {
  if (typeof value === 'number') {
    return BigInt(value);
  }
  const bits = (BigInt(value.high) << 32n) | BigInt(value.low >>> 0);
  return value.unsigned ? BigInt.asUintN(64, bits) : bits;
}

/** Beyond 2^53 the nearest double: exporters write the largest int64 to say "to the end". */
export function toNumber(value: Int64 | number): number {
  return typeof value === 'number' ? value : Number(toBigInt(value));
}

/** The other way; clamps to the int64 range. */
export function toInt64(value: number | bigint): Int64 {
  const whole = typeof value === 'bigint' ? value : BigInt(Math.trunc(value));
  const limit = 1n << 63n;
  const clamped = whole >= limit ? limit - 1n : whole < -limit ? -limit : whole;
  return {
    low: Number(BigInt.asIntN(32, clamped)),
    high: Number(BigInt.asIntN(32, clamped >> 32n)),
    unsigned: false,
  };
}
