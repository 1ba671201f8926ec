import type { Finding } from '../finding.ts';
import type { MethodId } from './explanation.ts';

/** What is known beside a map about why it could be zero. */
export interface MapEvidence {
  readonly method: MethodId;
  /** Least value before the ReLU; undefined where no ReLU was applied. */
  readonly lowest: number | undefined;
  /** [K] mean gradient per channel. */
  readonly alpha: Float32Array;
  readonly className: string;
}

/** Nothing for a map with a value other than zero, else the cause in one sentence. */
export function emptyMapFinding(map: Float32Array, evidence: MapEvidence): Finding[] {
  return map.some((value) => value !== 0) ? [] : [{ ...causeOf(evidence), severity: 'warning' }];
}

function causeOf({ method, lowest, alpha, className }: MapEvidence): { code: string; sentence: string } {
  if (lowest !== undefined && lowest < 0) {
    return {
      code: 'all-negative-map',
      sentence: `Every position of this layer speaks against ${className} or says nothing, so the ReLU leaves a map of zeros; turn ReLU off to see the signed map.`,
    };
  }
  if (alpha.every((value) => value === 0)) {
    return {
      code: 'zero-gradient',
      sentence: `The map is zero because all gradients of ${className} are zero at this layer: the units above it are saturated or switched off (dead ReLU) for this instance; choose a later layer.`,
    };
  }
  const where =
    method === 'gradcam' ? 'wherever the class has a weight' : 'wherever the class has a gradient';
  return {
    code: 'zero-activation',
    sentence: `The map is zero because this layer's activations are zero ${where} (dead ReLU); choose another layer.`,
  };
}
