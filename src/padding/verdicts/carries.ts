import type { Estimate, Unavailable } from '../audit.ts';
import { THRESHOLDS } from '../thresholds.ts';

/** Whether value or place of the padding gives the class away: the same bounds as for length. */
export function carries(evidence: Estimate | Unavailable): evidence is Estimate {
  return (
    !('unavailable' in evidence) &&
    evidence.value > THRESHOLDS.leiYes &&
    evidence.interval[0] > THRESHOLDS.leiNo
  );
}
