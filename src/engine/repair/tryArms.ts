import { count } from '../../format.ts';
import type { Classifier } from '../../graph/classifier.ts';
import { Refusal } from '../../refusal.ts';
import type { Arm } from '../../repair/armNames.ts';
import { repairBy } from '../../repair/arms.ts';
import { measured } from '../../repair/measured.ts';
import { type Facts, whyNot } from '../../repair/needs.ts';
import type { Patient, Repaired } from '../../repair/patient.ts';
import type { RepairFound } from '../../repair/repairFound.ts';
import type { Candidate, Judged, TriedCandidate } from '../../repair/standing.ts';
import { unreachedSentence } from '../../training/trainingGraph.ts';
import type { CallContext } from '../contract.ts';
import { FoldAnswers, type Repairs } from './foldAnswers.ts';
import { type Bench, judge } from './judge.ts';
import type { LabelledCase } from './labelledCase.ts';
import type { MapsAndTimes } from './mapAndTime.ts';
import type { Form } from './writtenModel.ts';

/** What arms are tried with. */
interface Trial {
  readonly plain: Classifier;
  readonly patient: Patient;
  readonly bench: Bench;
  /** What each fold's repair learns from. */
  readonly lessons: readonly (readonly LabelledCase[])[];
  readonly of: Repairs['of'];
  readonly before: Judged;
  /** Answers that it took to judge it. */
  readonly runs: number;
  readonly weights: Float64Array;
  readonly facts: Facts;
  /** What is judged: the form that is written, and another beside it where there is one. */
  readonly form: Form;
  readonly other: Form | null;
  readonly aside: MapsAndTimes;
  /** An arm was asked for by name, or all were. */
  readonly asked: boolean;
  readonly epochs: number;
  readonly seed: number;
}

/** An arm with everything it left behind. */
export interface TriedArm {
  readonly candidate: TriedCandidate;
  readonly judged: Judged;
  readonly repairs: Repairs;
  readonly maps: RepairFound['maps'];
  readonly zones: RepairFound['zones'];
}

/** What was tried, until somebody had enough. */
interface Trials {
  readonly candidates: readonly Candidate[];
  readonly tried: readonly TriedArm[];
  readonly stopped: boolean;
}

/** Repairs and judges arm by arm. What an arm cannot do is told, and the next is tried. */
export async function tryArms(arms: readonly Arm[], trial: Trial, context: CallContext): Promise<Trials> {
  const candidates: Candidate[] = [];
  const tried: TriedArm[] = [];
  const told = (candidate: Candidate) => {
    candidates.push(candidate);
    context.saw?.({ candidate });
  };
  for (const [i, arm] of arms.entries()) {
    const cannot = whyNot(arm, trial.facts, trial.asked);
    if (cannot !== undefined) {
      told({ name: arm, cannot });
      continue;
    }
    if (context.enough?.aborted) return { candidates, tried, stopped: true };
    const report = (share: number, what: string) =>
      context.report?.((i + share) / arms.length, `${arm}: ${what}`);
    try {
      const found = await tryOne(arm, trial, { ...context, report });
      if (!found) return { candidates, tried, stopped: true };
      tried.push(found);
      told(found.candidate);
    } catch (reason) {
      if (!(reason instanceof Refusal) || context.signal?.aborted) throw reason;
      told({ name: arm, cannot: reason.message });
    }
  }
  return { candidates, tried, stopped: false };
}

/** Repairing, as the progress shows it; judging is the rest. */
const REPAIRING_SHARE = 0.6;

/** @returns undefined where somebody had enough before it was judged */
async function tryOne(arm: Arm, trial: Trial, context: CallContext): Promise<TriedArm | undefined> {
  const { plain, patient, bench, lessons, of, before, weights, form, other, aside, epochs, seed } = trial;
  const start = performance.now();
  const isEnough = () => {
    context.signal?.throwIfAborted();
    return context.enough?.aborted === true;
  };
  const signals = [context.signal, context.enough].filter((one) => one !== undefined);
  const repaired: Repaired[] = [];
  for (const [k, lesson] of lessons.entries()) {
    const fold = lessons.length > 1 ? ` (fold ${k + 1} of ${lessons.length})` : '';
    const report = (share: number, what: string) =>
      context.report?.((REPAIRING_SHARE * (k + share)) / lessons.length, `${what}${fold}`);
    report(0, 'Repairing');
    try {
      repaired.push(
        await repairBy(arm, patient, lesson, { seed, epochs, report, signal: AbortSignal.any(signals) }),
      );
    } catch (reason) {
      if (isEnough()) return undefined;
      throw reason;
    }
    if (isEnough()) return undefined;
  }
  const repairs = { plain, patient, repaired, of };
  let asked = 0;
  const answers = new FoldAnswers(repairs, (instances) => {
    if (isEnough()) throw new Enough();
    asked += instances;
    const judged = Math.min(1, asked / trial.runs);
    context.report?.(REPAIRING_SHARE + (1 - REPAIRING_SHARE) * judged, `Judging (${count(asked, 'run')})`);
  });
  try {
    const judgedAs = ({ padding }: Form) =>
      judge(bench, (inputs, steps) => answers.ask(inputs, steps, padding));
    const against = (one: Judged) => measured(before, one, weights);
    const judged = await judgedAs(form);
    const otherForm = other && { form: other.form, ...against(await judgedAs(other)) };
    const { zones, maps, ...mapAndTime } = await aside.after(repairs);
    const candidate: TriedCandidate = {
      name: arm,
      ...against(judged),
      ...mapAndTime,
      otherForm,
      seconds: (performance.now() - start) / 1000,
      notes: notesOf(repaired, patient, plain),
      ...(repaired[0]!.curve && {
        curve: repaired[0]!.curve.map(({ loss, accuracy }) => ({ loss, accuracy })),
      }),
    };
    return { candidate, judged, repairs, zones, maps };
  } catch (reason) {
    if (reason instanceof Enough) return undefined;
    throw reason;
  } finally {
    await answers.dispose();
  }
}

class Enough extends Error {}

function notesOf(repaired: readonly Repaired[], patient: Patient, plain: Classifier): string[] {
  const diverged = repaired.flatMap((one) => (one.diverged ? [one.diverged] : []));
  return [
    ...(patient.model === plain && plain.maskInput === undefined
      ? ['It is made without a mask, which this model cannot take.']
      : []),
    ...(repaired[0]?.batchSaid ? [repaired[0].batchSaid] : []),
    ...(repaired[0]?.unreached?.length ? [unreachedSentence(repaired[0].unreached)] : []),
    ...diverged
      .slice(0, 1)
      .map(
        ({ step, rate }) =>
          `In ${diverged.length} of ${repaired.length} repairs the loss became no number, first at step ${step} with learning rate ${rate.toPrecision(2)}: the last good weights were kept.`,
      ),
  ];
}
