import { basename } from 'node:path';
import type { RepairFound } from './repairFound.ts';

/** `metadata_props` of a repaired model: what was done, from which model and data, and what it came to. */
export function repairMetadata(found: RepairFound): ReadonlyMap<string, string> {
  const { provenance, written, chosen, before, after } = found;
  return new Map([
    ['attribution.repair', chosen!],
    ['attribution.repair_reason', found.reason],
    ['attribution.repair_form', written!.form],
    ['attribution.repair_padding', JSON.stringify(written!.padding)],
    ['attribution.repair_seed', `${found.seed}`],
    ['attribution.repair_epochs', `${found.epochs}`],
    ['attribution.repair_figures', JSON.stringify({ before, after, paired: found.paired })],
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
