import type { Answers } from '../attribution/asker.ts';
import type { Case } from '../preprocess/case.ts';
import { probability } from './ask.ts';
import type { AuditedInstance, CarrierResult } from './audit.ts';
import type { InstanceFacts } from './instanceFacts.ts';
import { type PadSide, padSide } from './padSide.ts';

/** Each instance with what the audit found on it. `facts` are of the layer looked at, empty where there is none. */
export function auditedInstances(
  cases: readonly Case[],
  answers: Answers,
  carrier: readonly CarrierResult[],
  facts: readonly InstanceFacts[],
): AuditedInstance[] {
  return cases.map((one, i) => ({
    id: one.id,
    index: one.index,
    length: one.length,
    label: one.label,
    predicted: answers.predicted[i]!,
    probability: probability(answers, i, answers.predicted[i]!),
    paddingShare: paddingShare(facts[i]),
    flips: carrier.flatMap((result) =>
      'unavailable' in result || !result.flipped[i] ? [] : [result.intervention],
    ),
  }));
}

/** Share of |Grad-CAM| on padding; 0 where there is no map or it is all zero. */
function paddingShare(facts: InstanceFacts | undefined): number {
  const mass = facts?.gradcamAbs;
  return mass ? mass.MIXED + mass.EMPTY : 0;
}

/** The side all padded instances share; `both` where they differ, `none` where none is padded. */
export function commonSide(cases: readonly Case[]): PadSide {
  const sides = new Set(cases.map((one) => padSide(one.mask)).filter((side) => side !== 'none'));
  if (sides.size === 0) return 'none';
  return sides.size === 1 ? [...sides][0]! : 'both';
}
