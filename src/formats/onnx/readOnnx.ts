import type { Finding } from '../../finding.ts';
import type { Graph } from '../../graph/graph.ts';
import { Refusal } from '../../refusal.ts';
import { isHalf } from './elementType.ts';
import { withoutErfc } from './erfc.ts';
import type { ExternalFiles } from './externalData.ts';
import { readGraph } from './readGraph.ts';
import {
  countMessages,
  decodeModel,
  type GraphProto,
  MOST_MESSAGES,
  type ModelProto,
  toNumber,
} from './schema.ts';

const OLDEST_OPSET = 9;
/** The runtimes support these; 9 to 22 are tested. */
const NEWEST_OPSET = 26;
/** From IR 4 on initializers need not be listed as inputs; a Graph lists true inputs only. */
const OLDEST_IR = 8;
/** The runtimes read up to 13; newer ones say no more of an opset up to 26, but the package onnx writes its newest. */
const NEWEST_IR = 13;

/**
 * Decodes an ONNX model. Half-precision tensors become float32.
 * @param external reads a file beside the model (whole) for weights kept there.
 * @throws Refusal `not-onnx`, `unsupported-opset`, `unsupported-operator`, `unsupported-dtype`, `unsupported-model`,
 *   `broken-model` or `external-data-missing`, each in one sentence.
 */
export function readOnnx(bytes: Uint8Array, external?: ExternalFiles): Graph {
  const model = decode(bytes);
  if (model.graph === null || model.opsetImport.length === 0) {
    throw new Refusal(
      'not-onnx',
      'The file holds no ONNX graph; export the model again, e.g. with torch.onnx.export.',
    );
  }
  const [first] = model.functions;
  if (first !== undefined) {
    throw new Refusal(
      'unsupported-model',
      `The model defines its own function ${first.domain}.${first.name}; export it with functions inlined.`,
    );
  }
  const graph = withoutErfc(
    readGraph(
      model.graph,
      {
        opset: opsetOf(model),
        irVersion: Math.min(NEWEST_IR, Math.max(OLDEST_IR, toNumber(model.irVersion))),
        producer: `${model.producerName} ${model.producerVersion}`.trim(),
        external,
      },
      new Set(),
    ),
  );
  return {
    ...graph,
    ...(model.metadataProps.length > 0 && {
      metadata: new Map(model.metadataProps.map(({ key, value }) => [key, value])),
    }),
    ...(holdsHalf(model.graph) && { findings: [HALF_AS_FLOAT] }),
  };
}

const HALF_AS_FLOAT: Finding = {
  code: 'half-precision',
  severity: 'info',
  sentence:
    'The model is written in half precision and is computed in float32, so its numbers differ a little.',
};

function holdsHalf({ initializer, input }: GraphProto): boolean {
  return (
    initializer.some(({ dataType }) => isHalf(dataType)) ||
    input.some(({ type }) => isHalf(type?.tensorType?.elemType ?? 0))
  );
}

function decode(bytes: Uint8Array): ModelProto {
  try {
    if (countMessages(bytes) > MOST_MESSAGES) {
      throw new Refusal(
        'too-many-nodes',
        `The file holds more than ${MOST_MESSAGES.toLocaleString('en-US')} nodes, tensors and attributes, more than any classifier; it is broken or not what it seems.`,
      );
    }
    return decodeModel(bytes);
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal(
      'not-onnx',
      'The file is not an ONNX model, or it is cut short; copy or export the model again.',
    );
  }
}

function opsetOf(model: ModelProto): number {
  const standard = model.opsetImport.find(({ domain }) => domain === '' || domain === 'ai.onnx');
  const opset = standard === undefined ? 0 : toNumber(standard.version);
  if (opset < OLDEST_OPSET || opset > NEWEST_OPSET) {
    throw new Refusal(
      'unsupported-opset',
      `The model uses ONNX opset ${opset}; supported are ${OLDEST_OPSET} to ${NEWEST_OPSET}, so export it with opset_version=17.`,
    );
  }
  return opset;
}
