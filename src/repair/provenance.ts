import { basename } from 'node:path';
import type { LearntFrom } from './learntFrom.ts';
import type { RepairFound } from './repairFound.ts';

const STOPPED =
  'Stopped by somebody: the best so far, not all that was asked for; where it learnt from fewer than all, the notes say so.';

/** Which data the written model has learnt from; masking alone learns from none. */
export function learntBy({
  provenance,
  chosen,
  learnt,
}: Pick<RepairFound, 'provenance' | 'chosen' | 'learnt'>): LearntFrom[] {
  if (chosen === null || !learnt) return [];
  const { model, data, dataHash, train = data, trainHash = dataHash } = provenance;
  const some = learnt.n < learnt.of && { some: true as const };
  return [{ by: chosen, data: basename(train), sha256: trainHash, model: basename(model), ...some }];
}

/** `metadata_props` of a repaired model: what was done, from which model and data, and what it came to. */
export function repairMetadata(found: RepairFound): ReadonlyMap<string, string> {
  const { provenance, written, chosen, before, after } = found;
  return new Map([
    ['attribution.repair', chosen!],
    ['attribution.repair_reason', found.reason],
    ['attribution.repair_form', written!.form],
    ['attribution.repair_padding', JSON.stringify(written!.padding)],
    ['attribution.repair_seed', `${found.seed}`],
    ...(written!.epochs === null ? [] : [['attribution.repair_epochs', `${written!.epochs}`] as const]),
    ...(found.stopped ? [['attribution.repair_stopped', STOPPED] as const] : []),
    ['attribution.repair_notes', JSON.stringify(found.notes)],
    ['attribution.repair_figures', JSON.stringify({ before, after, paired: found.paired })],
    ...(found.notMasked.length > 0
      ? [['attribution.not_masked', JSON.stringify(found.notMasked)] as const]
      : []),
    ['attribution.model', basename(provenance.model)],
    ['attribution.model_sha256', provenance.modelHash],
    ['attribution.data', basename(provenance.data)],
    ['attribution.data_sha256', provenance.dataHash],
    ...(provenance.train !== undefined
      ? [
          ['attribution.train', basename(provenance.train)] as const,
          ['attribution.train_sha256', provenance.trainHash!] as const,
        ]
      : []),
    ['attribution.runtime', provenance.runtime],
    ['attribution.version', provenance.version],
  ]);
}
