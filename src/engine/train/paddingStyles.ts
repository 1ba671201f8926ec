import type { ReadyStep } from '../../preprocess/step.ts';

/** What can be done about different lengths when a network is trained. */
export const PADDING_STYLES = [
  'end',
  'start',
  'random-length',
  'uniform-scaling',
  'mask-channel',
  'edge',
  'bucketed',
] as const;
/** A way to bring series to one length, as the command line names it. */
export type PaddingStyle = (typeof PADDING_STYLES)[number];

/** How a series gets the network's length. @param to T */
export function fittingStep(style: PaddingStyle, to: number): ReadyStep {
  if (style === 'uniform-scaling') return { kind: 'resample', to };
  const [value, side] = [style === 'edge' ? 'edge' : 0, style === 'start' ? 'front' : 'end'] as const;
  return { kind: 'pad', to, value, side };
}
