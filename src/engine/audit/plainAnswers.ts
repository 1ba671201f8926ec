import { type Answers, type Asker, finiteAnswers } from '../../attribution/asker.ts';
import { askInGroups } from '../../attribution/askInGroups.ts';
import type { Classifier } from '../../graph/classifier.ts';
import { anyOutput } from '../../graph/cutGraph.ts';
import { withDynamicTime } from '../../graph/dynamicTime.ts';
import type { Graph } from '../../graph/graph.ts';
import { rowsPerRun } from '../../graph/rowsPerRun.ts';
import type { LoadedGraph, Runtime } from '../../graph/runtime.ts';
import { withWideKernels } from '../../graph/wideKernels.ts';
import type { MaskedSeries } from '../../preprocess/case.ts';
import { Refusal } from '../../refusal.ts';
import { OnceEach } from './onceEach.ts';

const MOST_PER_RUN = 32;

/** Plain forward runs of a classifier, at its own length and, where nothing ties it to that, at others. */
export class PlainAnswers implements Asker {
  private readonly sessions = new Map<'own' | 'free', Promise<LoadedGraph>>();
  private readonly once: OnceEach;
  private readonly most: number;

  constructor(
    private readonly classifier: Classifier,
    private readonly runtime: Runtime,
    /** Steps the classifier was described for. */
    private readonly steps: number,
    /** Called before every run, to report and to stop: throws when the work is cancelled. */
    private readonly beforeRun: (instances: number) => void,
  ) {
    this.once = new OnceEach(classifier.maskInput !== undefined);
    this.most = rowsPerRun(classifier, MOST_PER_RUN);
  }

  /**
   * @param inputs each [F, steps] with its mask, of which only a model that takes its mask is told
   * @throws Refusal `fixed-length` where the model cannot take that many steps
   */
  async ask(inputs: Iterable<MaskedSeries>, steps: number): Promise<Answers> {
    // Also where every answer is known: a cancel is heard here.
    this.beforeRun(0);
    const session = await this.session(steps);
    const { classifier } = this;
    const asking = {
      session,
      steps,
      logits: classifier.logits,
      most: this.most,
      beforeRun: this.beforeRun,
    };
    const rows = await this.once.logits(inputs, (fresh) =>
      askInGroups(classifier, fresh, asking).catch((error) => this.orTied(error, steps)),
    );
    return finiteAnswers(rows, classifier.classes, classifier.outputIs);
  }

  async dispose(): Promise<void> {
    for (const session of this.sessions.values()) await (await session.catch(() => null))?.dispose();
  }

  private session(steps: number): Promise<LoadedGraph> {
    const kind = steps === this.steps ? 'own' : 'free';
    const known = this.sessions.get(kind) ?? this.load(kind);
    this.sessions.set(kind, known);
    return known;
  }

  /** What stops a run of another length lies in the graph: a weight per step, say. */
  private orTied(error: unknown, steps: number): never {
    const isOfGraph = error instanceof Refusal && /^(model-refused|batch-mismatch)$/.test(error.code);
    if (steps === this.steps || !isOfGraph) throw error;
    throw new Refusal(
      'fixed-length',
      `The model takes ${this.steps} steps only: its weights are tied to that length, so it cannot take ${steps}.`,
    );
  }

  private async load(kind: 'own' | 'free'): Promise<LoadedGraph> {
    const graph = withLogitsOnly(this.classifier);
    if (kind === 'own')
      return this.runtime.load(withWideKernels(graph, this.classifier.shapes), { planMemory: false });
    const { maskInput } = this.classifier;
    const { name, layout } = this.classifier.input;
    const free = withDynamicTime(graph, { name, timeAxis: layout.indexOf('T') }, this.steps);
    if (typeof free === 'string') throw new Refusal('fixed-length', free);
    return this.runtime.load(maskInput === undefined ? free : withFreeMask(free, maskInput), {
      planMemory: false,
    });
  }
}

/** A mask [N, T] of any length. */
function withFreeMask(graph: Graph, name: string): Graph {
  const free = (info: Graph['inputs'][number]) =>
    info.name === name ? { ...info, dims: [info.dims[0]!, 'time'] } : info;
  return { ...graph, inputs: graph.inputs.map(free) };
}

/** The graph without any other output. */
export function withLogitsOnly({ graph, logits }: Classifier): Graph {
  return { ...graph, outputs: [anyOutput(logits)] };
}
