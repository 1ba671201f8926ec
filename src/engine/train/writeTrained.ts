import type { Finding } from '../../finding.ts';
import { formatShare } from '../../format.ts';
import { writeOnnx } from '../../formats/onnx/writeOnnx.ts';
import { writtenSettings } from '../../project/writtenSettings.ts';
import { dropIn, maskInside, type PaddingLook } from '../../repair/dropIn.ts';
import { type FromScratch, USUAL_RATE } from '../../training/fromScratch.ts';
import type { TrainingSeries } from '../../training/series.ts';
import type { TrainRequest } from '../requests.ts';
import type { Recipe } from './trainingSet.ts';

/** Share of series whose mask may be guessed wrongly from the padding. */
const WRONG_AT_MOST = 0.005;

interface Written {
  readonly onnx: Uint8Array;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly maskInput: boolean;
  readonly findings: readonly Finding[];
}

/**
 * The trained network as a file, its mask computed inside where that is right on the series it was trained with, and
 * the settings that feed it.
 */
export async function writeTrained(
  request: TrainRequest,
  { shape, classes, features, steps }: Recipe,
  { graph, model, curve, best, buckets }: FromScratch,
  series: readonly TrainingSeries[],
): Promise<Written> {
  const look: PaddingLook = {
    side: request.padding === 'start' ? 'front' : 'end',
    value: Array.from({ length: shape.features }, () => 0),
  };
  const takesMask = model.maskInput !== undefined;
  // Only a model that takes a mask needs to know.
  const wrong = takesMask
    ? series.filter(({ x, mask }) => maskInside(x, shape.steps, look).some((real, t) => real !== mask[t]))
        .length
    : 0;
  const guessable = wrong / series.length <= WRONG_AT_MOST;
  const maskInput = takesMask && (request.maskInput || !guessable);
  const written = takesMask && !maskInput ? dropIn(graph, model.input, model.maskInput!, look) : graph;
  const done = {
    ...{ by: 'attribution-lens train', architecture: request.architecture, padding: request.padding },
    ...{ masked: request.masked, seed: request.seed, epochs: curve.length, best: best + 1 },
    rate: request.rate ?? USUAL_RATE,
    ...(buckets && { buckets }),
  };
  const as = await writtenSettings(request.project, request.set);
  const findings: Finding[] =
    maskInput && !request.maskInput
      ? [
          {
            code: 'mask-not-inside',
            severity: 'warning',
            sentence: `The mask stays a second input of the model: guessed from the padding it would be wrong for ${formatShare(wrong / series.length)} of the series.`,
          },
        ]
      : [];
  return {
    onnx: writeOnnx(written, new Map([['attribution.provenance', JSON.stringify(done)]])),
    settings: {
      input: 'NFT',
      classes,
      ...as,
      data: { ...as.data, features },
      preprocess: steps.map(({ kind, ...rest }) => {
        const { by: _, ...numbers } = rest as { readonly by?: string };
        return { [kind]: numbers };
      }),
    },
    maskInput,
    findings,
  };
}
