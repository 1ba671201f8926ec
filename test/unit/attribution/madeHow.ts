import type { FullHow } from '../../../src/attribution/how.ts';
import { switchesOf } from '../../../src/attribution/switches.ts';

/** How a made-up map was made: plain Grad-CAM of the predicted class, but for what is said. */
export function madeHow(said: Partial<FullHow> = {}): FullHow {
  return {
    ...{ layer: 'conv1d', target: 'predicted', negative: false, method: 'gradcam' },
    ...switchesOf({}),
    ...said,
  };
}
