import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Explanation } from '../../../src/attribution/explanation.ts';
import type { LocalEngine } from '../../../src/engine/service.ts';
import { Refusal } from '../../../src/refusal.ts';

const folder = join(import.meta.dirname, '..', '..', 'fixtures', 'reading');

/** One object of `expected.json`: what must come of a file. */
export interface ReadingCase {
  readonly id: string;
  readonly file: string;
  readonly model: string;
  readonly config?: string;
  readonly args?: readonly string[];
  readonly accept: readonly ('right' | 'asked')[];
  readonly asked?: string;
  readonly most_characters?: number;
  readonly reading?: {
    readonly instances: number;
    readonly steps: number;
    readonly features: readonly string[] | null;
    readonly labels: readonly (string | null)[];
    readonly lengths: readonly number[];
    readonly columns?: { readonly time?: string; readonly aside?: readonly string[] };
  };
  readonly logits_first?: readonly number[];
  readonly said_raw_logits?: readonly (readonly number[])[];
  readonly also?: readonly {
    readonly lengths?: readonly number[] | 'any';
    readonly labels?: readonly string[] | 'any';
    readonly finding: string;
  }[];
  readonly any_label?: boolean;
  readonly any_length?: readonly number[];
  readonly also_labels?: readonly string[];
  readonly forbid?: string;
  readonly classes_ok?: readonly (readonly string[])[];
  readonly classes_finding?: string;
}

export function readingCases(): readonly ReadingCase[] {
  return JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')).cases;
}

export interface Verdict {
  readonly outcome: 'right' | 'asked' | 'wrong';
  /** What was said or what is wrong. */
  readonly why: string;
}

/** Explains every instance of the case's file as the command line does, and compares with what must come of it. */
export async function judge(one: ReadingCase, engine: LocalEngine): Promise<Verdict> {
  const request = {
    model: join(folder, one.model),
    data: join(folder, one.file),
    project: one.config && join(folder, one.config),
    truncate: one.args?.includes('--truncate'),
  };
  try {
    const explanations: Explanation[] = [];
    const { instances } = await engine.data(request);
    const positions = instances.map(({ index }) => index);
    for await (const batch of engine.explainMany(request, positions)) explanations.push(...batch);
    const wrong = faults(one, explanations);
    const outcome = wrong.length > 0 || !one.accept.includes('right') ? 'wrong' : 'right';
    return { outcome, why: wrong.join('; ') };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const sentence = error.message.replaceAll(basename(one.file), '');
    const fits =
      one.asked !== undefined &&
      new RegExp(one.asked, 'is').test(sentence) &&
      error.message.length <= (one.most_characters ?? 900);
    return { outcome: fits && one.accept.includes('asked') ? 'asked' : 'wrong', why: error.message };
  }
}

function faults(one: ReadingCase, explanations: readonly Explanation[]): string[] {
  const { reading } = one;
  if (!reading) return ['read, but there is no unique reading'];
  const said = explanations.flatMap(({ findings }) => findings.map(({ sentence }) => sentence));
  const finding = (pattern: string) => said.some((sentence) => new RegExp(pattern, 'is').test(sentence));
  const found: string[] = [];
  const expect = (what: string, got: unknown, want: unknown, fits = same(got, want)) => {
    if (!fits) found.push(`${what}: ${JSON.stringify(got)}, not ${JSON.stringify(want)}`);
  };
  const first = explanations[0]!;
  expect('instances', explanations.length, reading.instances);
  const features = first.signals.features;
  if (reading.features && !reading.features.some((name) => name.startsWith('the '))) {
    // A wide file has no name for its one feature.
    expect('features', features, reading.features);
  }
  const also = one.also?.filter((other) => finding(other.finding)) ?? [];
  const lengths = explanations.map(({ padding }) => padding.length).slice(0, reading.lengths.length);
  const held = lengths.map((length, index) =>
    one.any_length?.includes(index) ? reading.lengths[index] : length,
  );
  const otherLengths = also.some((other) => other.lengths === 'any' || same(lengths, other.lengths));
  expect('lengths', lengths, reading.lengths, same(held, reading.lengths) || otherLengths);
  const labels = explanations.map(({ instance }) => plain(instance.label)).slice(0, reading.labels.length);
  const fineLabels =
    one.any_label ||
    same(labels, reading.labels.map(plain)) ||
    (one.also_labels && same(labels, one.also_labels)) ||
    also.some((other) => other.labels === 'any');
  expect('labels', labels, reading.labels, fineLabels === true);
  const close = (want: readonly number[]) =>
    want.every(
      (value, index) =>
        Math.abs(value - first.prediction.logits[index]!) <= 1e-4 * Math.max(1, Math.abs(value)),
    );
  if (one.logits_first) {
    const raw = one.said_raw_logits?.some(close) && finding('standardize.*not applied');
    expect('logits', [...first.prediction.logits], one.logits_first, close(one.logits_first) || raw === true);
  }
  if (one.forbid && finding(one.forbid)) found.push(`says ${one.forbid}`);
  if (one.classes_ok) {
    const { classes } = first.prediction;
    const unnamed = classes.every((name) => /^class \d+$/.test(name));
    const fine =
      unnamed || one.classes_ok.some((names) => same(names, classes)) || finding(one.classes_finding!);
    expect('classes', classes, one.classes_ok[0], fine);
  }
  return found;
}

/** 1, 1.0 and 1.000000 are one label. */
function plain(label: string | null | undefined): string | null {
  if (label == null) return null;
  return label.trim() !== '' && Number.isFinite(Number(label)) ? String(Number(label)) : label;
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
