import { basename } from 'node:path';
import { writeOnnx } from '../../formats/onnx/writeOnnx.ts';
import { maskedGraph } from '../../graph/masking/maskedGraph.ts';
import { passedOver } from '../../graph/masking/passedOver.ts';
import { mustStillDiffer } from '../../graph/masking/stillDiffers.ts';
import { withoutFeatureAxis } from '../../graph/oneFeature.ts';
import { limits } from '../../repair/limits.ts';
import type { Models, OpenModel } from '../models.ts';
import { outputChoice } from '../outputChoice.ts';
import { version } from '../version.ts';
import { maskedAtAnyLength } from './maskedAtAnyLength.ts';
import type { MaskedFile } from './maskedFile.ts';

/**
 * The masked model as an ONNX file: the model's own outputs, the mask as second input.
 * @throws Refusal `cannot-mask`
 */
export async function maskedOnnx(models: Models, model: OpenModel): Promise<MaskedFile> {
  const { classifier } = model;
  const { graph, tracks, input } = classifier;
  const masked =
    input.steps === null
      ? await maskedAtAnyLength(models, model)
      : maskedGraph(graph, tracks, { name: input.name, steps: input.steps });
  await mustStillDiffer(classifier, masked, model.runtime);
  const notMasked = passedOver(graph, tracks, input);
  const metadata = new Map([
    ...(masked.metadata ?? []),
    ...maskedProvenance(model, 'mask input'),
    ...notMaskedMetadata(notMasked),
  ]);
  const steps = input.steps ?? Number.POSITIVE_INFINITY;
  return {
    bytes: writeOnnx(withoutFeatureAxis(masked), metadata),
    notMasked,
    limits: limits(classifier, steps),
    read: outputChoice(classifier),
  };
}

/** Key of `metadata_props`: of which model a file is the masked one, as JSON. */
const MASKED_OF = 'attribution.masked';

/** Name and SHA-256 of the model, and what was done to it. */
export function maskedProvenance(
  { path, hash }: Pick<OpenModel, 'path' | 'hash'>,
  form: 'mask input' | 'drop-in',
  more: Readonly<Record<string, string>> = {},
): ReadonlyMap<string, string> {
  const said = { by: 'attribution-lens masked', version, model: basename(path), model_sha256: hash };
  return new Map([[MASKED_OF, JSON.stringify({ ...said, form, ...more })]]);
}

/** What the file says of layers that are not masked. */
export function notMaskedMetadata(names: readonly string[]): ReadonlyMap<string, string> {
  return new Map(names.length > 0 ? [['attribution.not_masked', JSON.stringify(names)]] : []);
}
