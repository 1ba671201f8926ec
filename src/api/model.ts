/// <reference lib="esnext.disposable" preserve="true" />
import { join, resolve } from 'node:path';
import type { Explanation } from '../attribution/explanation.ts';
import type { How } from '../attribution/how.ts';
import type { Engine } from '../engine/contract.ts';
import type { ModelSummary } from '../engine/modelSummary.ts';
import type { RuntimePreference } from '../engine/requests.ts';
import type { Audit } from '../padding/audit.ts';
import { parseMaskChoice } from '../preprocess/maskChoice.ts';
import { findProject } from '../project/project.ts';
import { pathGiven, settingsGiven } from './asked.ts';
import { type SeriesValues, seriesFile } from './series.ts';

/** How a model is opened. */
export interface ModelAsked {
  /** Path of an attribution.json; unless given, the nearest one beside or above the data, of a series none. */
  readonly config?: string;
  /** What runs the model; `auto` unless given: the native ONNX Runtime where it loads, else WebAssembly. */
  readonly runtime?: RuntimePreference;
  /** How long the work may give no sign of progress; 120 unless given. */
  readonly timeoutSeconds?: number;
}

/** How data are read. */
interface DataAsked extends ModelAsked {
  /** Which steps are padding, as `--mask` of the command line takes it: `auto`, `none`, `trailing`, `length:28`, … */
  readonly mask?: string;
  /** Settings that go before those of attribution.json: `data.time=t`. */
  readonly set?: readonly string[];
  /** Cut series longer than the model's input instead of refusing; false unless given. */
  readonly truncate?: boolean;
  /** Stops the work; what was asked for is rejected with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Told of progress: the share that is done, 0 to 1, and what is being done. */
  readonly report?: (share: number, what: string) => void;
}

/** How one instance is explained. */
export interface ExplainAsked extends DataAsked, How {
  /** Position in the file; 0 unless given. */
  readonly instance?: number;
}

/** How a model is audited. */
export interface AuditAsked extends DataAsked {
  /** Positions in the file; all unless given. */
  readonly instances?: readonly number[];
  /** Layer the map verdict is about; the first convolution unless given. */
  readonly layer?: string;
  /** Of everything drawn; 1 unless given. Same seed, same answer. */
  readonly seed?: number;
}

/** What is kept open for a model. */
interface Opened extends Pick<Engine, 'model' | 'explain' | 'audit'> {
  dispose(): Promise<void>;
}

/** A model that is open. */
export class Model implements AsyncDisposable {
  private constructor(
    private readonly engine: Opened,
    private readonly asked: ModelAsked,
    /** Input, classes (or outputs that are numbers), layers with shapes and receptive fields, findings. */
    readonly summary: ModelSummary,
  ) {}

  /**
   * @throws Refusal where it cannot be read; the engine is closed then
   * @internal
   */
  static async open(engine: Opened, path: string, asked: ModelAsked): Promise<Model> {
    try {
      const { config, runtime: prefer } = asked;
      const project = config && resolve(config);
      return new Model(engine, asked, await engine.model({ model: resolve(path), project, prefer }));
    } catch (error) {
      await engine.dispose();
      throw error;
    }
  }

  /** One instance. @param data path of a data file or folder, or one series @throws Refusal */
  async explain(data: string | SeriesValues, asked: ExplainAsked = {}): Promise<Explanation> {
    settingsGiven('explain', asked);
    if (!Array.isArray(data)) pathGiven(data, 'data file');
    const { signal, report, mask: _, config: __, runtime: ___, timeoutSeconds: ____, ...how } = asked;
    return this.engine.explain({ ...how, ...(await this.#source(data, asked)) }, { signal, report });
  }

  /** A whole file. @param data path of a data file or folder @throws Refusal */
  async audit(data: string, asked: AuditAsked = {}): Promise<Audit> {
    settingsGiven('audit', asked);
    pathGiven(data, 'data file');
    const { signal, report, mask: _, config: __, runtime: ___, timeoutSeconds: ____, ...how } = asked;
    return this.engine.audit({ ...how, ...(await this.#source(data, asked)) }, { signal, report });
  }

  /** Ends the process it runs in. */
  async close(): Promise<void> {
    await this.engine.dispose();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #source(data: string | SeriesValues, { mask, config = this.asked.config }: DataAsked) {
    const isPath = typeof data === 'string';
    const found = isPath ? await findProject(resolve(data)) : undefined;
    return {
      model: this.summary.path,
      data: isPath ? resolve(data) : join(resolve(), 'series.npz'),
      ...(!isPath && { content: seriesFile(data) }),
      project: config === undefined ? found : resolve(config),
      mask: mask === undefined ? undefined : parseMaskChoice(mask),
      prefer: this.asked.runtime,
    };
  }
}

export type { SeriesValues };
