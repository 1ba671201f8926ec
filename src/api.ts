import { fileURLToPath } from 'node:url';
import { pathGiven, settingsGiven } from './api/asked.ts';
import type { ApiEngine, AuditAsked, ExplainAsked, ModelAsked } from './api/askedTypes.ts';
import { Model } from './api/model.ts';
import { auditedBy, explainedBy } from './api/questions.ts';
import type { SeriesValues } from './api/series.ts';
import type { Explanation } from './attribution/explanation.ts';
import { childEngine } from './engine/childEngine.ts';
import type { Audit } from './padding/audit.ts';
import { Refusal } from './refusal.ts';

// As the command line: the bundle's engine lies beside it, from source Node is told how to run TypeScript.
const isBundle = import.meta.url.endsWith('.cjs');
const engine = {
  entry: fileURLToPath(new URL(isBundle ? './engine.cjs' : './engine/main.ts', import.meta.url)),
  execArgv: isBundle ? [] : process.execArgv,
  remedies: { longer: 'a larger timeoutSeconds', elsewhere: "runtime: 'onnxruntime-web'" },
};

/**
 * Opens a model: `.onnx`, `.pt2`, `.keras`, `.h5` or a TensorFlow.js `model.json`. It runs in a process of its own until
 * `close()`.
 * @throws Refusal one sentence, where it cannot be read
 */
export async function loadModel(path: string, asked: ModelAsked = {}): Promise<Model> {
  settingsGiven('loadModel', asked);
  return Model.open(started(asked), pathGiven(path, 'model'), asked);
}

function started({ timeoutSeconds }: ModelAsked) {
  return childEngine({ ...engine, timeoutSeconds });
}

/** For one question, with an engine of its own. */
async function once<T>(asked: ModelAsked, ask: (engine: ApiEngine) => Promise<T>): Promise<T> {
  const own = started(asked);
  try {
    return await ask(own);
  } finally {
    await own.dispose();
  }
}

/**
 * Why a model says what it says of one instance. For more than one, `loadModel` once and ask it.
 * @param data path of a data file or folder, or one series
 * @throws Refusal one sentence, where model or data cannot be read or no map can be made
 */
export async function explain(
  model: string,
  data: string | SeriesValues,
  asked: ExplainAsked = {},
): Promise<Explanation> {
  settingsGiven('explain', asked);
  const path = pathGiven(model, 'model');
  return once(asked, (own) => explainedBy(own, path, data, asked));
}

/**
 * What padding and length do to a model's answers and maps.
 * @param data path of a data file or folder
 * @throws Refusal as `explain`
 */
export async function audit(model: string, data: string, asked: AuditAsked = {}): Promise<Audit> {
  settingsGiven('audit', asked);
  const path = pathGiven(model, 'model');
  return once(asked, (own) => auditedBy(own, path, data, asked));
}

export type { Audit, AuditAsked, ExplainAsked, Explanation, ModelAsked, SeriesValues };
export { Model, Refusal };
