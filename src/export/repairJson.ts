import type { RepairFound } from '../repair/repairFound.ts';
import type { Candidate, Standing, TriedCandidate } from '../repair/standing.ts';

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
const OF_CANDIDATE = [
  ...['score', 'gain', 'change', 'mcnemar', 'mapOnPadding', 'milliseconds', 'helps', 'why', 'seconds'],
  ...['notes', 'curve'],
] as const satisfies readonly (keyof TriedCandidate)[];

function candidateJson(candidate: Candidate) {
  if ('cannot' in candidate) return candidate;
  const rest = Object.fromEntries(OF_CANDIDATE.map((key) => [key, candidate[key]]));
  return { name: candidate.name, ...standingJson(candidate), ...rest };
}
