import type { RepairFound } from '../repair/repairFound.ts';
import type { AgainstTrained, Candidate, Standing, TriedCandidate } from '../repair/standing.ts';

/**
 * A repair for scripts, without its maps: every figure is `{ value, interval, n }`, or `{ unavailable }` with the reason.
 * @param out the file the repaired model was written to
 */
export function repairJson(found: RepairFound, out: string | null): Record<string, unknown> {
  const { before, after, candidates, chosen, reason, maps: _, ...rest } = found;
  return {
    before: standingJson(before),
    after: after && standingJson(after),
    candidates: candidates.map(candidateJson),
    chosen,
    reason,
    out,
    ...rest,
  };
}

function standingJson(standing: Standing) {
  const { accuracy, lengthCrossed, layout, look, lengthEvidence, lengthResponse } = standing;
  return { accuracy, lengthCrossed, layout, look, lengthEvidence, lengthResponse };
}

/** What is written of a candidate beside how it stands; scripts depend on these names. */
const OF_FORM = [
  ...['score', 'gain', 'change', 'mcnemar', 'lengthCrossedChange', 'helps', 'why'],
] as const satisfies readonly (keyof AgainstTrained)[];
const OF_CANDIDATE = [
  ...['mapOnPadding', 'milliseconds', 'seconds', 'notes', 'curve'],
] as const satisfies readonly (keyof TriedCandidate)[];

function candidateJson(candidate: Candidate) {
  if ('cannot' in candidate) return candidate;
  const { name, otherForm } = candidate;
  return {
    name,
    ...formJson(candidate),
    ...some(candidate, OF_CANDIDATE),
    otherForm: otherForm && { form: otherForm.form, ...formJson(otherForm) },
  };
}

function formJson(one: AgainstTrained) {
  return { ...standingJson(one), ...some(one, OF_FORM) };
}

function some<T>(of: T, keys: readonly (keyof T)[]) {
  return Object.fromEntries(keys.map((key) => [key, of[key]]));
}
