import type { Measured } from './adviceOnLength.ts';
import type { Advice } from './audit.ts';
import { SNIPPETS } from './snippets.ts';

/** What follows from the answers about the padding's place and look. */
export function paddingAdvice(audit: Measured): Advice[] {
  const { layout, look } = audit.verdicts;
  const fragile = layout.answer === 'FRAGILE' || look.answer === 'FRAGILE';
  return [
    ...(look.answer === 'carries the class' ? [carriesTheClass] : []),
    ...(layout.answer === 'FRAGILE' && tiedToOneLength(audit)
      ? [keepOneSide]
      : fragile
        ? [layout.answer === 'FRAGILE' ? maskAndRefit : ofLookAlone]
        : []),
  ];
}

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

const keepOneSide: Advice = {
  code: 'fragile-place',
  sentence:
    'The weights of this model are tied to one length, so every step has weights of its own: keep the padding on the side it had in training, at every call. Masking does not take flips by place away here.',
  basis: 'Flatten heads, masked: flips by look go, of the flips by place 0.48 to 0.81 stay.',
  tryIt: null,
};

/** Truncating and doubling could not be run because the graph takes one length. */
function tiedToOneLength({ carrier }: Measured): boolean {
  return carrier
    .filter(({ intervention }) => intervention === 'truncate' || intervention === 'double_T')
    .every((result) => 'unavailable' in result);
}
