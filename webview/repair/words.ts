import type { Arm } from '../../src/views/panel/contract.ts';

/** What each repair does, for people who choose one. */
export const ARM_WORDS: Readonly<Record<Arm, string>> = {
  masked: 'padding hidden from the layers, no weight changed',
  head: 'masked, and the last linear layer fitted anew',
  'head-random-length': 'the same, on copies at random lengths as well',
  'fine-tune': 'masked, and all weights trained on',
  'random-length': 'the same, at a random length at every step',
};
