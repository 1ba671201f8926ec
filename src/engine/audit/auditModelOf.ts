import type { Classifier, Layer } from '../../graph/classifier.ts';
import type { Graph } from '../../graph/graph.ts';
import { isLastConvolution } from '../../graph/layerByDefault.ts';
import { causeOf } from '../../graph/masking/leak.ts';
import { ownMask } from '../../graph/masking/maskChannel.ts';
import { passedOver } from '../../graph/masking/passedOver.ts';
import { stepWeights } from '../../graph/stepWeights.ts';
import type { AuditLayer, AuditModel } from '../../padding/auditModel.ts';
import type { InputShape } from '../../preprocess/case.ts';
import type { OpenModel } from '../models.ts';
import type { Sessions } from '../sessions.ts';
import { batchNormStatistics } from './batchNorms.ts';
import { findHead, splitCases } from './headSplit.ts';
import { layerMaps } from './layerMaps.ts';
import { maskedModel } from './maskedAnswers.ts';
import { PlainAnswers } from './plainAnswers.ts';

/**
 * The open model as an audit asks it.
 * @param beforeRun called with the number of instances before every forward run; throws to stop
 */
export async function auditModelOf(
  open: {
    readonly model: OpenModel;
    readonly sessions: Sessions;
    readonly shape: InputShape;
    readonly layer?: Layer;
  },
  classes: readonly string[],
  beforeRun: (instances: number) => void,
): Promise<AuditModel & { dispose(): Promise<void> }> {
  const { model, shape } = open;
  const plain = new PlainAnswers(model.classifier, model.runtime, shape.steps, beforeRun);
  const layers = auditedLayers(model.classifier.layers, open.layer);
  const head = findHead(model);
  const { values } = model.classifier;
  const masked = await maskedModel(model, shape, plain);
  return {
    classes,
    ...(values && { values }),
    ask: plain.ask.bind(plain),
    layers: layers.map(summary),
    maps: (cases, predicted, show) => layerMaps({ ...open, beforeRun }, layers, cases, predicted, show),
    graph: {
      stepWeights: stepWeights(model.classifier).map(({ layer }) => layer),
      layersMasked: maskedBy(model.classifier.graph),
      ...unmaskable(model.classifier, masked),
    },
    head: 'unavailable' in head ? head : { layer: head.layer.name },
    split: async (cases) => ('unavailable' in head ? [] : splitCases(open, head, cases)),
    batchNorms: (cases) => batchNormStatistics(model, shape, cases),
    masked,
    dispose: async () => {
      await plain.dispose();
      if (!('unavailable' in masked)) await masked.dispose();
    },
  };
}

/** What masks can be laid over in part is masked in part; a mask that is an input of layers stays. */
function unmaskable(
  { graph, tracks, input, maskInput }: Classifier,
  masked: AuditModel['masked'],
): Pick<AuditModel['graph'], 'unmaskable'> {
  if (!('unavailable' in masked) || maskInput !== undefined) return {};
  return passedOver(graph, tracks, input).length > 0 ? {} : { unmaskable: causeOf(masked.unavailable) };
}

function maskedBy(graph: Graph): AuditModel['graph']['layersMasked'] {
  const own = ownMask(graph);
  if (own.kind !== 'layers') return 'no';
  return own.from === 'series' ? 'finds its mask' : 'takes its mask';
}

/** First and last convolutions and the chosen layer; those that read everything have no zones to tell. */
function auditedLayers(layers: readonly Layer[], chosen: Layer | undefined): Layer[] {
  const telling = layers.filter(
    (layer) =>
      layer.tensor === chosen?.tensor || layer.marks.includes('first conv') || isLastConvolution(layer),
  );
  const all =
    chosen && !telling.some((layer) => layer.tensor === chosen.tensor) ? [...telling, chosen] : telling;
  return all.filter((layer) => layer.reads !== null);
}

function summary({ name, receptiveField, marks }: Layer): AuditLayer {
  return {
    name,
    receptiveField: receptiveField.size ?? 0,
    bottleneck: marks.some((mark) => mark.includes('bottleneck') || mark === 'one channel'),
  };
}
