import { readDataset } from '../../../src/data/readDataset.ts';
import { auditModelOf } from '../../../src/engine/audit/auditModelOf.ts';
import { Models } from '../../../src/engine/models.ts';
import { Sessions } from '../../../src/engine/sessions.ts';
import type { Ask } from '../../../src/padding/ask.ts';
import type { Audit } from '../../../src/padding/audit.ts';
import type { AuditModel } from '../../../src/padding/auditModel.ts';
import type { AuditOrder } from '../../../src/padding/auditOrder.ts';
import { runAudit } from '../../../src/padding/runAudit.ts';
import type { Case } from '../../../src/preprocess/case.ts';
import { modelCard } from '../../fixtures/reference.ts';
import { referenceFile } from '../../fixtures/referenceFile.ts';
import { rememberingAnswers } from './rememberingAnswers.ts';

const DATA: Readonly<Record<string, () => string>> = {
  xcm_content_w26: () => referenceFile('padded30/padded30_content.csv'),
  xcm_content_w131: () => referenceFile('padded30/padded30_content.csv'),
  xcm_length_w26: () => referenceFile('padded30/padded30_length.csv'),
  xcm_mixed_w26: () => referenceFile('padded30/padded30_mixed.csv'),
  jv_xcm: () => referenceFile('JapaneseVowels/JapaneseVowels_TEST.ts'),
};

/** The shipped instances of an audit model: standardised, padded with 0 at the end. */
export async function auditCases(name: string): Promise<Case[]> {
  const { F, T, class_names, standardization } = modelCard(name);
  const { mean, std } = standardization;
  const dataset = await readDataset({ path: DATA[name]!() }, {});
  return dataset.instances.map(({ id, index, length, label, values }) => {
    const x = new Float32Array(F * T);
    for (let f = 0; f < F; f++) {
      for (let t = 0; t < length; t++) x[f * T + t] = (values[f * length + t]! - mean[f]!) / std[f]!;
    }
    return {
      id,
      index,
      length,
      x,
      mask: new Uint8Array(T).fill(1, 0, length),
      label: class_names.indexOf(label!),
    };
  });
}

export interface OpenFixture {
  readonly order: Omit<AuditOrder, 'seed'>;
  readonly model: AuditModel;
  close(): Promise<void>;
}

/** What each model has answered in this process: most questions are the same in every audit of it. */
const answered = new Map<string, (ask: Ask) => Ask>();

/**
 * A reference model with its shipped instances, ready to be audited.
 * @param remember what it was asked before in this process is not run again
 */
export async function openFixture(name: string, remember = true): Promise<OpenFixture> {
  const { F, T, class_names, feature_names, standardization } = modelCard(name);
  const sessions = new Sessions(1e9);
  const open = await new Models(1e9).open({ path: referenceFile(`${name}.onnx`) });
  const shape = { features: F, steps: T };
  const live = await auditModelOf({ model: open, sessions, shape }, class_names, () => {});
  const remembering = answered.get(name) ?? rememberingAnswers();
  answered.set(name, remembering);
  const model = remember ? { ...live, ask: remembering(live.ask) } : live;
  const units = {
    mean: new Float64Array(F),
    sd: new Float64Array(F).fill(1),
    rawZero: Float64Array.from(standardization.mean, (mean, f) => -mean / standardization.std[f]!),
  };
  const provenance = {
    model: name,
    modelHash: open.hash,
    data: name,
    runtime: open.runtime.id,
    version: 'test',
  };
  const order = { cases: await auditCases(name), shape, units, features: feature_names, provenance };
  const close = async () => {
    await live.dispose();
    await sessions.clear();
  };
  return { order, model, close };
}

const audited = new Map<string, Promise<Audit>>();

/** The whole audit of a reference model on its shipped instances, made once in this process. */
export function auditFixture(name: string): Promise<Audit> {
  const audit = audited.get(name) ?? runFixture(name);
  audited.set(name, audit);
  return audit;
}

async function runFixture(name: string): Promise<Audit> {
  const { order, model, close } = await openFixture(name);
  try {
    return await runAudit({ ...order, seed: 1 }, model, () => {});
  } finally {
    await close();
  }
}
