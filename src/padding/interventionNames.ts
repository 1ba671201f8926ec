import type { Intervention } from './audit.ts';

/** Interventions that leave the look of the padding and change where and how much of it there is. */
export const LAYOUT: readonly Intervention[] = ['truncate', 'other_side', 'double_T'];

const NAMES: Readonly<Record<string, string>> = {
  truncate: 'truncation',
  channel_mean: 'refilling with the channel mean',
  own_channel_mean: "refilling with the instance's own mean",
  zero: 'refilling with raw zeros',
  last_value: 'refilling with the last value',
  reflect: 'refilling by reflection',
  plus_1sd: 'refilling with +1 sd',
  minus_1sd: 'refilling with −1 sd',
  noise: 'refilling with noise',
  other_side: 'moving the padding to the other side',
  double_T: 'doubling the padded length',
  mask_every_layer: 'masking every layer (a different model)',
};

/** For the axis of a chart, where every intervention is a change of the padding. */
const SHORT: Readonly<Record<string, string>> = {
  channel_mean: 'channel mean',
  own_channel_mean: 'own mean',
  zero: 'raw zeros',
  last_value: 'last value',
  reflect: 'reflection',
  plus_1sd: '+1 sd',
  minus_1sd: '−1 sd',
  noise: 'noise',
  other_side: 'other side',
  double_T: 'doubled',
};

/** The change of the padding in a word or two; an unknown name as it is. */
export function shortName(intervention: string): string {
  return SHORT[intervention] ?? interventionName(intervention);
}

/** The change of the padding as a sentence names it, e.g. `refilling with noise`; an unknown name as it is. */
export function interventionName(intervention: string): string {
  return NAMES[intervention] ?? intervention;
}
