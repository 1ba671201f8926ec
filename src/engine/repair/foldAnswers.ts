import { type Answers, finiteAnswers } from '../../attribution/asker.ts';
import { askInGroups } from '../../attribution/askInGroups.ts';
import type { Classifier } from '../../graph/classifier.ts';
import type { Graph } from '../../graph/graph.ts';
import { rowsPerRun } from '../../graph/rowsPerRun.ts';
import type { LoadedGraph, Runtime } from '../../graph/runtime.ts';
import type { Asked } from '../../padding/ask.ts';
import { maskInside, type PaddingLook } from '../../repair/dropIn.ts';
import type { Patient, Repaired } from '../../repair/patient.ts';
import { withLogitsOnly } from '../audit/plainAnswers.ts';
import { atAnyLength, maskedAt } from './otherLength.ts';
import { seriesKey } from './seriesKey.ts';

/** More spill out of the processor's cache and take longer each. */
const MOST_PER_RUN = 16;

/** What answers come from: the classifier as it was, and its repairs. */
export interface Repairs {
  /** Without masks. */
  readonly plain: Classifier;
  readonly patient: Patient;
  readonly repaired: readonly Repaired[];
  /** Which of the repairs has not learnt from an instance. */
  readonly of: (content: number) => number;
}

/** Answers of a repaired classifier: each content is judged by a repair that has not learnt from it. */
export class FoldAnswers {
  private readonly sessions = new Map<string, Promise<LoadedGraph>>();
  /** What was asked already: the forms of a repair are told other masks for few series. */
  private readonly known = new Map<string, Float32Array>();

  constructor(
    private readonly repairs: Repairs,
    /** Called before every run, to report and to stop: throws when the work is cancelled. */
    private readonly beforeRun: (instances: number) => void,
  ) {}

  /**
   * @param padding by which a drop-in finds its mask; null: it is told the mask of the data
   * @throws Refusal `fixed-length` where the model cannot take that many steps
   */
  async ask(inputs: Iterable<Asked>, steps: number, padding: PaddingLook | null): Promise<Answers> {
    const { model } = this.repairs.patient;
    const rows: Float32Array[] = [];
    const waiting = new Map<number, { readonly at: number; readonly key: string; readonly one: Asked }[]>();
    const put = async (fold: number) => {
      const group = waiting.get(fold)!;
      waiting.delete(fold);
      const some = group.map(({ one }) => one);
      const plain = steps !== this.repairs.patient.shape.steps && some.every(isReal);
      const session = await this.session(fold, steps, plain);
      const fed = plain ? this.repairs.plain : model;
      const asking = {
        session,
        steps,
        logits: model.logits,
        most: rowsPerRun(model, MOST_PER_RUN),
        beforeRun: this.beforeRun,
      };
      const answers = await askInGroups(fed, some, asking);
      group.forEach(({ at, key }, i) => {
        rows[at] = answers[i]!;
        this.known.set(key, answers[i]!);
      });
    };
    let count = 0;
    for (const { content, mask, x } of inputs) {
      const fold = this.repairs.of(content);
      const one = { content, x, mask: padding ? maskInside(x, steps, padding) : mask };
      const key = seriesKey(one, fold, steps);
      const answer = this.known.get(key);
      if (answer) {
        rows[count++] = answer;
        continue;
      }
      const group = waiting.get(fold) ?? [];
      waiting.set(fold, group);
      group.push({ at: count++, key, one });
      if (group.length === MOST_PER_RUN) await put(fold);
    }
    for (const fold of [...waiting.keys()]) await put(fold);
    return finiteAnswers(rows, model.classes, model.outputIs);
  }

  async dispose(): Promise<void> {
    for (const session of this.sessions.values()) await (await session.catch(() => null))?.dispose();
  }

  private session(fold: number, steps: number, plain: boolean): Promise<LoadedGraph> {
    const key = `${fold} ${steps === this.repairs.patient.shape.steps ? 'own' : plain ? 'plain' : steps}`;
    const known = this.sessions.get(key) ?? this.load(fold, steps, plain);
    this.sessions.set(key, known);
    return known;
  }

  /** A series without padding needs no mask, so that one session does for all its lengths. */
  private async load(fold: number, steps: number, plain: boolean): Promise<LoadedGraph> {
    const { plain: classifier, patient, repaired } = this.repairs;
    const { runtime, shape, model } = patient;
    const one = repaired[fold]!;
    if (steps === shape.steps) return runtime.load(withLogitsOnly({ ...model, graph: one.graph }));
    const graph =
      plain || model.maskInput === undefined
        ? atAnyLength(classifier, shape.steps)
        : await this.masked(runtime, classifier, shape.steps, steps);
    return runtime.load(withLogitsOnly({ ...classifier, graph: one.onto(graph) }));
  }

  private readonly others = new Map<number, Promise<Graph>>();

  private masked(runtime: Runtime, classifier: Classifier, own: number, steps: number): Promise<Graph> {
    const known = this.others.get(steps) ?? maskedAt(classifier, runtime, own, steps);
    this.others.set(steps, known);
    return known;
  }
}

function isReal({ mask }: Asked): boolean {
  return mask.every((real) => real === 1);
}
