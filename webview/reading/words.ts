import type { ReadingPlan } from '../../src/views/panel/contract.ts';
import { counted } from '../format.ts';

/** `30 instances × 60 steps, 6 features`. */
export function shapeWords({ instances, steps, features }: ReadingPlan): string {
  const [least, most] = steps;
  const range = least === most ? counted(most, 'step') : `${least} to ${counted(most, 'step')}`;
  return `${counted(instances, 'instance')} × ${range}, ${counted(features.length, 'feature')}`;
}

/** Of the card's rows. */
export const TITLES = {
  layout: 'Layout',
  table: 'Table',
  array: 'Array',
  split: 'Parted',
  columns: 'Columns',
  label: 'Label',
  classes: 'Classes',
  mask: 'Real steps',
  standardise: 'Standardised',
  pad: 'Padding put on',
  missing: 'Missing values',
} as const;
