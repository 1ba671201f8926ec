import type { FileRequest } from '../../engine/requests.ts';
import type { LocalEngine } from '../../engine/service.ts';
import type { Audit, Verdict } from '../../padding/audit.ts';
import { Refusal } from '../../refusal.ts';
import { accuracyByLength } from './byLength.ts';
import type { StudyRow } from './studyCell.ts';

type Figures = Pick<StudyRow, 'byLength' | 'lengthEvidence' | 'layout' | 'look' | 'why'>;

/** What the audit says of a model about length and padding; null with the reason where it cannot say. */
export async function lengthFigures(
  engine: LocalEngine,
  request: FileRequest,
  report?: (share: number, what: string) => void,
): Promise<Figures> {
  try {
    return figuresOf(await engine.audit(request, { report }));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { byLength: null, lengthEvidence: null, layout: null, look: null, why: error.message };
  }
}

function figuresOf({ instances, lengthEvidence, verdicts }: Audit): Figures {
  const worst = ({ numbers }: Pick<Verdict, 'numbers'>) => numbers.worstFlipRate ?? null;
  const missing = 'unavailable' in lengthEvidence ? lengthEvidence.unavailable : undefined;
  return {
    byLength: accuracyByLength(instances),
    lengthEvidence: 'unavailable' in lengthEvidence ? null : lengthEvidence.lei,
    layout: worst(verdicts.layout),
    look: worst(verdicts.look),
    ...(missing !== undefined && { why: missing }),
  };
}
