/// <reference lib="esnext.disposable" preserve="true" />
import { resolve } from 'node:path';
import type { Explanation } from '../attribution/explanation.ts';
import type { ModelSummary } from '../engine/modelSummary.ts';
import type { Audit } from '../padding/audit.ts';
import { settingsGiven } from './asked.ts';
import type { ApiEngine, AuditAsked, ExplainAsked, ModelAsked, WhenOpen } from './askedTypes.ts';
import { inSettings } from './inSettings.ts';
import { auditedBy, explainedBy } from './questions.ts';
import type { SeriesValues } from './series.ts';

/** A model that is open. */
export class Model implements AsyncDisposable {
  private constructor(
    private readonly engine: ApiEngine,
    private readonly asked: ModelAsked,
    /** Input, classes (or outputs that are numbers), layers with shapes and receptive fields, findings. */
    readonly summary: ModelSummary,
  ) {}

  /**
   * @throws Refusal where it cannot be read; the engine is closed then
   * @internal
   */
  static async open(engine: ApiEngine, path: string, asked: ModelAsked): Promise<Model> {
    try {
      const { config, runtime: prefer, set } = asked;
      const project = config && resolve(config);
      const summary = engine.model({ model: resolve(path), project, prefer, set });
      return new Model(engine, asked, await inSettings(summary));
    } catch (error) {
      await engine.dispose();
      throw error;
    }
  }

  /** One instance. @param data path of a data file or folder, or one series @throws Refusal */
  async explain(data: string | SeriesValues, asked: WhenOpen<ExplainAsked> = {}): Promise<Explanation> {
    settingsGiven("an open model's explain", asked);
    return explainedBy(this.engine, this.summary.path, data, this.#with(asked));
  }

  /** A whole file. @param data path of a data file or folder @throws Refusal */
  async audit(data: string, asked: WhenOpen<AuditAsked> = {}): Promise<Audit> {
    settingsGiven("an open model's audit", asked);
    return auditedBy(this.engine, this.summary.path, data, this.#with(asked));
  }

  /** Ends the process it runs in. */
  async close(): Promise<void> {
    await this.engine.dispose();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** What was asked for with the model holds unless the question says otherwise. */
  #with<A extends WhenOpen<ModelAsked>>(asked: A): A & Pick<ModelAsked, 'runtime'> {
    const { config = this.asked.config, set = this.asked.set } = asked;
    return { ...asked, config, set, runtime: this.asked.runtime };
  }
}
