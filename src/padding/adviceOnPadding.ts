import { listed } from '../format.ts';
import { type Measured, sentenceOf } from './adviceOnLength.ts';
import type { Advice } from './audit.ts';
import { SNIPPETS } from './snippets.ts';

/** What follows from the answers about the padding's place and look. */
export function paddingAdvice(audit: Measured): Advice[] {
  const { layout, look } = audit.verdicts;
  const fragile = layout.answer === 'FRAGILE' || look.answer === 'FRAGILE';
  return [
    ...(look.answer === 'carries the class' ? [carriesTheClass] : []),
    ...(fragile ? ofFragile(audit) : []),
  ];
}

function ofFragile({ verdicts, stepWeights, layersMasked, unmaskable }: Measured): Advice[] {
  const byPlace = verdicts.layout.answer === 'FRAGILE';
  if (unmaskable !== undefined) return [padAsTrained(unmaskable)];
  if (byPlace && stepWeights.length > 0) {
    const masks = verdicts.look.answer === 'FRAGILE' && layersMasked !== 'takes its mask';
    return [keepOneSide(stepWeights), ...(masks ? [ofLookBeside(layersMasked)] : [])];
  }
  if (layersMasked === 'finds its mask') return [tellTheMask];
  if (layersMasked === 'takes its mask') return [refitMasked];
  return [byPlace ? maskAndRefit : ofLookAlone];
}

const padAsTrained = (why: string): Advice => ({
  code: 'fragile-unmaskable',
  sentence: `Answers flip when padding is merely other padding, and masks cannot be laid over the layers of this model: ${sentenceOf(why)} Pad at prediction exactly as in training: to the same length, on the same side, with the same value.`,
  basis: 'This audit and the graph.',
  tryIt: null,
});

const carriesTheClass: Advice = {
  code: 'padding-carries-class',
  sentence:
    'Pad every instance alike, with the same value on the same side: what the padding holds or where it stands gives the class away.',
  basis:
    'This audit, with content and length swapped beneath the padding. Alike padding tells nothing by construction; the accuracy that is left was not measured.',
  tryIt: null,
};

const maskAndRefit: Advice = {
  code: 'fragile-padding',
  sentence:
    'Answers flip when padding is merely other padding: mask the input and every layer, and refit the last linear layer on the masked features. Masked pooling alone leaves many flips where kernels are long. Until then pad at prediction exactly as in training.',
  basis:
    '94 models, generated sets and JapaneseVowels, held-out data: flips by place and by look 0.29 / 0.49 → 0 / 0 (by construction, given the true mask), accuracy −0.010 ± 0.012 where length says nothing; masked pooling alone 0.10 / 0.19.',
  tryIt: 'head',
  snippets: SNIPPETS.maskedLayers,
};

/** A drop-in finds its mask by the look. */
const ofLookAlone: Advice = { ...maskAndRefit, maskInput: true };

const tellTheMask: Advice = {
  code: 'fragile-found-mask',
  sentence:
    'Answers flip when padding is other padding, although every layer is masked: the model finds its mask by what the padding holds and the end it stands at, and anything else is series to it. Let it take the mask as a second input, or pad at prediction exactly as in training.',
  basis:
    'The graph. Masks that are told: flips by place and by look 0 / 0 by construction, where no layer has weights for every position; repair measures it on this model.',
  tryIt: 'masked',
  maskInput: true,
};

const refitMasked: Advice = {
  code: 'fragile-masked',
  sentence:
    'Answers flip although every layer is masked and the mask is told: keep the padding at prediction exactly as in training.',
  basis: 'This audit and the graph; whether refitting the last layer helps, repair measures on this model.',
  tryIt: 'head',
  maskInput: true,
};

/** Beside a side that has to be kept: a drop-in finds its mask by the look. */
const ofLookBeside = (layersMasked: 'no' | 'finds its mask'): Advice => ({
  code: 'fragile-look',
  sentence: `The flips by what the padding holds go with masks that the model is told: ${layersMasked === 'no' ? 'mask the input and every layer, refit the last linear layer, and ' : ''}let it take the mask as a second input.`,
  basis: KEPT_BY_PLACE,
  tryIt: layersMasked === 'no' ? 'head' : 'masked',
  maskInput: true,
  ...(layersMasked === 'no' && { snippets: SNIPPETS.maskedLayers }),
});

const KEPT_BY_PLACE = 'Flatten heads, masked: flips by look go, of the flips by place 0.48 to 0.81 stay.';

const keepOneSide = (layers: readonly string[]): Advice => ({
  code: 'fragile-place',
  sentence: `${layers.length === 1 ? 'Layer' : 'Layers'} ${listed(layers)} of this model ${layers.length === 1 ? 'has' : 'have'} weights for every position: keep the padding on the side it had in training, at every call. Masking does not take flips by place away here.`,
  basis: KEPT_BY_PLACE,
  tryIt: null,
});
