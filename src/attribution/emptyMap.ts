import type { Finding } from '../finding.ts';
import { type MethodId, methodNamed } from './methods.ts';

/** What is known beside a map about why it could be zero. */
export interface MapEvidence {
  readonly method: MethodId;
  /** Least value before the ReLU; undefined where no ReLU was applied. */
  readonly lowest: number | undefined;
  /** [K] mean gradient per channel; undefined where none was taken. */
  readonly alpha: Float32Array | undefined;
  readonly className: string;
  /** The gradients of each channel cancel each other by construction. */
  readonly cancels?: boolean;
}

/**
 * Nothing for a map with a value other than zero, else the cause in one sentence.
 * @param map [P…] at the layer’s own positions
 */
export function emptyMapFinding(map: Float32Array, evidence: MapEvidence): Finding[] {
  return map.some((value) => value !== 0) ? [] : [{ ...causeOf(evidence), severity: 'warning' }];
}

function causeOf(evidence: MapEvidence): { code: string; sentence: string } {
  const { method, lowest, alpha, className } = evidence;
  if (lowest !== undefined && lowest < 0) {
    return {
      code: 'all-negative-map',
      sentence: `Every position of this layer speaks against ${className} or says nothing, so the ReLU leaves a map of zeros; turn ReLU off to see the signed map.`,
    };
  }
  const { at, needsGradient } = methodNamed(method);
  const zeroGradient = alpha?.every((value) => value === 0);
  if (at === 'input') return atInput(method, needsGradient, zeroGradient ?? false, className);
  if (zeroGradient && method === 'gradcam' && evidence.cancels) {
    return {
      code: 'cancelled-gradients',
      sentence:
        "Grad-CAM is zero at this layer whatever the model does: the instance normalisation behind it takes each channel's mean away, so the gradients of a channel sum to zero over its positions; choose HiResCAM or the layer behind the normalisation.",
    };
  }
  if (zeroGradient) {
    return {
      code: 'zero-gradient',
      sentence: `The map is zero because all gradients of ${className} are zero at this layer: the units above it are saturated or switched off (dead ReLU) for this instance; choose a later layer.`,
    };
  }
  if (method === 'layercam' || method === 'gradcampp') {
    return {
      code: 'no-positive-gradient',
      sentence: `The map is zero because this method counts positive gradients only, and wherever this layer is active ${className} has none; choose HiResCAM to see what speaks against it.`,
    };
  }
  if (method === 'ablationcam') {
    return {
      code: 'no-effect',
      sentence: `The map is zero because taking away any channel of this layer leaves ${className} as it is; choose another layer.`,
    };
  }
  if (method === 'eigencam') {
    return {
      code: 'flat-activation',
      sentence:
        'The map is zero because this layer answers alike at every position, so there is no component to show; choose another layer.',
    };
  }
  const where =
    method === 'hirescam' ? `wherever ${className} has a gradient` : `wherever ${className} has a weight`;
  return {
    code: 'zero-activation',
    sentence: `The map is zero because this layer's activations are zero ${where} (dead ReLU); choose another layer.`,
  };
}

function atInput(
  method: MethodId,
  needsGradient: boolean,
  zeroGradient: boolean,
  className: string,
): { code: string; sentence: string } {
  if (zeroGradient || method === 'saliency' || method === 'smoothgrad') {
    return {
      code: 'zero-gradient',
      sentence: `The map is zero because all gradients of ${className} are zero at the input: units on the way are saturated or switched off (dead ReLU) for this instance; occlusion needs no gradient.`,
    };
  }
  if (method === 'gradient-input') {
    return {
      code: 'zero-input',
      sentence: `The map is zero because the input is zero wherever ${className} has a gradient: gradient × input is exactly 0 where x = 0, which is NOT evidence that nothing is used there; see saliency.`,
    };
  }
  return needsGradient
    ? {
        code: 'same-as-baseline',
        sentence: `The map is zero because the instance equals the baseline wherever ${className} has a gradient on the path; choose another baseline.`,
      }
    : {
        code: 'no-effect',
        sentence: `The map is zero because replacing any part of the input leaves ${className} as it is: the replacement may equal what stands there; choose another replacement or a larger window.`,
      };
}
