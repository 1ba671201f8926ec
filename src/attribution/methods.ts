import { ablationcam } from './methods/ablationcam.ts';
import { eigencam } from './methods/eigencam.ts';
import { featureAblation } from './methods/featureAblation.ts';
import { gradcam } from './methods/gradcam.ts';
import { gradcampp } from './methods/gradcampp.ts';
import { gradientInput } from './methods/gradientInput.ts';
import { hirescam } from './methods/hirescam.ts';
import { integratedGradients } from './methods/integratedGradients.ts';
import { layercam } from './methods/layercam.ts';
import type { Method } from './methods/method.ts';
import { occlusion } from './methods/occlusion.ts';
import { saliency } from './methods/saliency.ts';
import { scorecam } from './methods/scorecam.ts';
import { smoothgrad } from './methods/smoothgrad.ts';
import { xgradcam } from './methods/xgradcam.ts';

const ALL = [
  ...[gradcam, hirescam, gradcampp, layercam, xgradcam, eigencam, ablationcam, scorecam],
  ...[saliency, gradientInput, smoothgrad, integratedGradients, occlusion, featureAblation],
] as const;

/** Every method by the name that files, settings and the command line have for it. */
export type MethodId = (typeof ALL)[number]['id'];

/** In the order they are offered: those at a layer, then those at the input. */
export const METHODS: readonly Method<MethodId>[] = ALL;

/** What is shown where nobody chose, and where no gradient can be taken. */
export const DEFAULT_METHOD: MethodId = 'gradcam';

/** What is taken where nobody picked a method and the model has no gradient. */
export const WITHOUT_GRADIENT: MethodId = 'occlusion';

/** The method's record; every MethodId has one. */
export function methodNamed(id: MethodId): Method<MethodId> {
  return METHODS.find((method) => method.id === id)!;
}

/** What people call the method; the id itself where a kept file names one that is gone. */
export function methodLabel(id: string): string {
  return METHODS.find((method) => method.id === id)?.label ?? id;
}
