import { type BigIntStats, statSync } from 'node:fs';
import type { Finding } from '../finding.ts';
import { type LoadedModel, loadModel } from '../formats/loadModel.ts';
import { writeOnnx } from '../formats/onnx/writeOnnx.ts';
import { type Classifier, describeClassifier } from '../graph/classifier.ts';
import type { InputLayout } from '../graph/inputLayout.ts';
import { LayoutQuestion } from '../graph/layoutQuestion.ts';
import { maskedClassifier } from '../graph/masking/maskedClassifier.ts';
import type { Runtime } from '../graph/runtime.ts';
import type { AnswerHints } from '../graph/task.ts';
import { ownSettings } from '../project/ownSettings.ts';
import { pickRuntime } from '../runtime/pick.ts';
import { ByteBoundCache, type Held } from './cache.ts';
import { explainable } from './explainable.ts';
import { type Guard, noGuard } from './guard.ts';
import { LayoutToAsk } from './layoutToAsk.ts';
import { allowedToOpen, bytesAround } from './opening.ts';
import type { RuntimePreference } from './requests.ts';

/** A model file, described for one runtime, input layout and number of steps. */
export interface OpenModel {
  readonly path: string;
  readonly hash: string;
  readonly runtime: Runtime;
  /** Why it is not the preferred one, if so. */
  readonly runtimeNote?: string;
  readonly classifier: Classifier;
  /** What it was described with beside the steps: the same model for other steps wants the same. */
  readonly hints: Pick<ModelRequest, 'layout' | 'layoutBy' | keyof AnswerHints>;
  /** Names this description among all that are open; sessions are kept under it. */
  readonly key: string;
  /** Of the constants, which every session holds once more. */
  readonly bytes: number;
}

interface ModelRequest extends AnswerHints {
  readonly path: string;
  readonly prefer?: RuntimePreference;
  readonly layout?: InputLayout;
  /** What says that `layout` is right where nobody was asked; among the findings of the model. */
  readonly layoutBy?: Finding;
  /** For a dynamic time axis. */
  readonly steps?: number;
}

interface ModelFile extends LoadedModel {
  readonly bytes: number;
}

/** Opens models; those used last stay open. */
export class Models {
  readonly #files: ByteBoundCache<ModelFile>;
  readonly #described: ByteBoundCache<OpenModel>;
  /** Files with the weights of each model, known once it has been read. */
  readonly #weights = new Map<string, readonly string[]>();
  readonly #runtimes = new Map<RuntimePreference, ReturnType<typeof pickRuntime>>();

  constructor(
    cacheBytes: number,
    private readonly guard: Guard = noGuard,
  ) {
    this.#files = new ByteBoundCache(cacheBytes / 2);
    this.#described = new ByteBoundCache(cacheBytes / 2);
  }

  async runtime(prefer: RuntimePreference = 'auto'): ReturnType<typeof pickRuntime> {
    const known = this.#runtimes.get(prefer) ?? pickRuntime(prefer);
    this.#runtimes.set(prefer, known);
    // One that failed to start may start the next time.
    known.catch(() => this.#runtimes.delete(prefer));
    return known;
  }

  /** @throws Refusal as loadModel and describeClassifier do */
  async open({ path, prefer, steps, ...hints }: ModelRequest): Promise<OpenModel> {
    const { layoutBy, layout: _, ...answer } = hints;
    const { runtime, note: runtimeNote } = await this.runtime(prefer);
    const { graph, hash, bytes } = await this.#file(path);
    const layout = ownSettings(graph.metadata)?.input ?? hints.layout;
    const { task, outputAxes, output, outputBy, classes } = answer;
    const said = [layout, steps, task, outputAxes, output, classes, layoutBy?.sentence, outputBy?.because];
    const key = [hash, runtime.id, ...said].join(' ').trimEnd();
    const described = await this.#described.get(key, async () => {
      const found = await this.guard
        .watch(allowedToOpen(bytes, runtime.id), () =>
          describeClassifier(explainable(graph, path), runtime, { ...answer, layout, steps }),
        )
        .catch(askLayout);
      const classifier = layoutBy ? { ...found, findings: [layoutBy, ...found.findings] } : found;
      const value = { path, hash, runtime, classifier, key, bytes };
      return { value: { ...value, hints: { ...answer, layout, layoutBy } }, bytes };
    });
    return { ...described, path, runtimeNote };
  }

  /**
   * The model with every layer masked, for the steps it was described for.
   * @throws Refusal `cannot-mask`
   */
  async masked(model: OpenModel): Promise<OpenModel> {
    const key = `${model.key} masked`;
    const { classifier } = await this.#described.get(key, async () => {
      const classifier = await this.guard.watch(allowedToOpen(model.bytes, model.runtime.id), () =>
        maskedClassifier(model.classifier, model.runtime),
      );
      return { value: { ...model, classifier, key }, bytes: model.bytes };
    });
    return { ...model, classifier, key };
  }

  /** Paths of the files beside a model that hold its weights. @throws Refusal as loadModel does */
  async weights(path: string): Promise<readonly string[]> {
    return (await this.#file(path)).weights;
  }

  /** As ONNX bytes. @throws Refusal as loadModel does */
  async converted(path: string): Promise<Uint8Array> {
    return writeOnnx((await this.#file(path)).graph);
  }

  /** Read again when the model or a file with its weights has changed. */
  async #file(path: string): Promise<ModelFile> {
    const key = () => [path, ...(this.#weights.get(path) ?? [])].map(stamp).join('\n');
    if (this.#weights.has(path)) {
      return this.#files.get(`${path}\n${key()}`, () => this.#read(path));
    }
    const file = await this.#read(path);
    return this.#files.get(`${path}\n${key()}`, async () => file);
  }

  /** A model that was written anew may name other files. */
  async #read(path: string): Promise<Held<ModelFile>> {
    const file = await this.guard.watch(allowedToOpen(bytesAround(path)), () => read(path));
    this.#weights.set(path, file.value.weights);
    return file;
  }
}

async function read(path: string): Promise<Held<ModelFile>> {
  const model = await loadModel(path);
  let bytes = 1000;
  for (const { data } of model.graph.constants.values()) {
    bytes += data.byteLength;
  }
  return { value: { ...model, bytes }, bytes };
}

/** Which way round the input lies can be picked where a file's reading is. */
function askLayout(error: unknown): never {
  throw error instanceof LayoutQuestion ? new LayoutToAsk(error) : error;
}

/** What is wrong with a file is said by who reads it. */
function statOrNone(path: string): BigIntStats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false, bigint: true });
  } catch {
    return undefined;
  }
}

/** Tells one state of a file from another; '' where there is none. */
export function stamp(path: string): string {
  const found = statOrNone(path);
  return found ? `${found.size} ${found.mtimeNs} ${found.ino}` : '';
}
