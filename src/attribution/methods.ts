import type { MethodId } from './explanation.ts';

/** How a method is presented to a person. */
export interface MethodSummary {
  readonly id: MethodId;
  readonly label: string;
  readonly paper: string;
  /** What to keep in mind when reading its maps; one sentence. */
  readonly caveat: string;
}

/** In the order they are offered. */
export const METHODS: readonly MethodSummary[] = [
  {
    id: 'gradcam',
    label: 'Grad-CAM',
    paper: 'Selvaraju et al. 2017',
    caveat:
      'Its weights are a mean over all positions, padding included; weights over real steps only avoid that.',
  },
  {
    id: 'hirescam',
    label: 'HiResCAM',
    paper: 'Draelos & Carin 2020',
    caveat:
      'Gradient times activation at each position: no weights, so padding cannot leak in through a mean.',
  },
];
