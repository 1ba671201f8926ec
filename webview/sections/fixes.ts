import type { ReadingTopic } from '../../src/views/panel/contract.ts';

/** What of the reading mends a finding, by its code: the lists of *Change…* show what each choice gives before it is written. */
const FIXES: Readonly<Record<string, ReadingTopic>> = {
  'not-standardised': 'standardise',
  'settings-elsewhere': 'standardise',
  'statistics-doubt': 'standardise',
  'input-norm-doubt': 'standardise',
  'padded-before-standardise': 'pad',
  'padded-by-default': 'pad',
  'trailing-zeros-may-be-real': 'mask',
  'no-constant-run': 'mask',
  'mask-turned': 'mask',
  'mask-side': 'mask',
  'mask-inverted': 'mask',
  'mask-disagrees': 'mask',
  'missing-filled': 'missing',
  'missing-values-kept': 'missing',
  'class-count': 'classes',
  'class-order': 'classes',
  'class-order-doubt': 'classes',
  'unknown-label': 'classes',
  'labels-no-classes': 'classes',
  'taken-for-regression': 'classes',
  'outputs-are-numbers': 'classes',
  'label-inferred': 'label',
  'label-open': 'label',
  'label-doubtful': 'label',
  'layout-inferred': 'layout',
  'columns-ignored': 'columns',
  'arrays-inferred': 'array',
  'arrays-ignored': 'array',
};

/** Undefined where no setting mends it. */
export function fixFor(code: string): ReadingTopic | undefined {
  return Object.hasOwn(FIXES, code) ? FIXES[code] : undefined;
}
