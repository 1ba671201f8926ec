import { agree, listed } from '../format.ts';
import type { Audit } from './audit.ts';

/** Why there is no accuracy: the file has no labels, or not of every instance, or they are none of the classes. A clause without a full stop. */
export function labelsSaid({ unknownLabels = [], unlabelled, classes }: Audit): string {
  if (unknownLabels.length === 0) {
    if (unlabelled === undefined) return 'no labels';
    return `no accuracy, since ${unlabelled} of them ${agree(unlabelled, 'has', 'have')} no label`;
  }
  return `no accuracy, since labels (${listed(unknownLabels, 4)}) are none of the model's classes (${listed(classes, 4)}): set "classes" in attribution.json`;
}
