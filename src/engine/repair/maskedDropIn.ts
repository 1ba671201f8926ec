import { basename } from 'node:path';
import { dataHash } from '../../data/dataHash.ts';
import { writeOnnx } from '../../formats/onnx/writeOnnx.ts';
import { maskedClassifier } from '../../graph/masking/maskedClassifier.ts';
import { withoutFeatureAxis } from '../../graph/oneFeature.ts';
import { keptSettings } from '../../project/ownSettings.ts';
import { Refusal } from '../../refusal.ts';
import { keptLearnt } from '../../repair/learntFrom.ts';
import { limits } from '../../repair/limits.ts';
import { paddingLook } from '../../repair/paddingLook.ts';
import { auditCases } from '../audit/auditCases.ts';
import type { MaskedFile } from '../audit/maskedFile.ts';
import { maskedProvenance, notMaskedMetadata } from '../audit/maskedOnnx.ts';
import type { Caches } from '../caches.ts';
import type { CallContext } from '../contract.ts';
import { modelFor } from '../explain.ts';
import { outputChoice } from '../outputChoice.ts';
import { maskCause, saidOfData } from '../reading/saidOfData.ts';
import { readySteps } from '../readySteps.ts';
import type { FileRequest } from '../requests.ts';
import { openSubject } from '../subject.ts';
import { sameForAll } from './sameForAll.ts';
import { formed } from './writtenModel.ts';

/**
 * The masked model with the series as its only input: the mask is computed inside, as the padding of a file looks. No
 * label is needed. How often such a mask is wrong on the file goes into the metadata.
 * @throws Refusal `cannot-mask`, `cannot-drop-in`, or as reading and preparing do
 */
export async function maskedDropIn(
  caches: Caches,
  request: FileRequest,
  context: CallContext,
): Promise<MaskedFile> {
  const subject = await openSubject(caches, request, context);
  const steps = await readySteps(caches, subject, context);
  const { cases, shape, noticed } = await auditCases(subject, request, steps, context);
  const plain = await modelFor(caches, subject, request, shape.steps);
  const { classifier, runtime } = plain;
  const model = classifier.maskInput === undefined ? await maskedClassifier(classifier, runtime) : classifier;
  const padding = paddingLook(cases, shape);
  if (typeof padding === 'string') {
    throw new Refusal(
      'cannot-drop-in',
      `${padding}${maskCause(noticed)} Without --drop-in the mask is a second input.`,
    );
  }
  const graph = formed({ model, shape }, model, { form: 'drop-in', padding });
  const notMasked = model.notMasked ?? [];
  const useless = await sameForAll(classifier, model, runtime, cases, shape, context.signal);
  const read = [...outputChoice(classifier), ...saidOfData(subject.dataset, noticed, subject.names.findings)];
  const metadata = new Map([
    ...keptSettings(classifier.graph.metadata),
    ...keptLearnt(classifier.graph.metadata),
    ...maskedProvenance(plain, 'drop-in', {
      data: basename(request.data),
      data_sha256: await dataHash(request.data, request.content, context.signal),
    }),
    ['attribution.repair_padding', JSON.stringify(padding)],
    ...notMaskedMetadata(notMasked),
    ['attribution.masked_notes', JSON.stringify([...useless, ...read.map(({ sentence }) => sentence)])],
  ]);
  return {
    bytes: writeOnnx(withoutFeatureAxis(graph), metadata),
    notMasked,
    limits: [...useless, ...limits(classifier, shape.steps)],
    read,
  };
}
