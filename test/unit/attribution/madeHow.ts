import type { FullHow } from '../../../src/attribution/how.ts';

/** How a made-up map was made: plain Grad-CAM of the predicted class, but for what is said. */
export function madeHow(said: Partial<FullHow> = {}): FullHow {
  return {
    ...{ layer: 'conv1d', target: 'predicted', negative: false, method: 'gradcam' },
    ...{ relu: true, maskedAlpha: false, maskedModel: false },
    ...said,
  };
}
