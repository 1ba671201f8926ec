import type { AuditCase, InputShape } from '../../padding/auditCase.ts';
import type { Prepared } from '../../preprocess/prepared.ts';

/** The audit's case as the attribution room takes an instance; the way back to the file is not needed there. */
export function asPrepared(one: AuditCase, { features, steps }: InputShape): Prepared {
  return {
    x: one.x,
    features,
    steps,
    mask: { values: one.mask, length: one.length, origin: '' },
    source: new Int32Array(steps).fill(-1),
    findings: [],
  };
}
