import type { Tensors } from '../graph/runtime.ts';
import { elementCount } from '../graph/tensor.ts';
import type { SizedSeries } from '../preprocess/case.ts';
import { Refusal } from '../refusal.ts';
import { type Answers, type Asker, answersOf, logitsAt } from './asker.ts';
import { askInGroups } from './askInGroups.ts';
import { canonicalAxes } from './canonicalAxes.ts';
import { sharesSeries } from './channelGraph.ts';
import type { ExplainTask, SignedMaps } from './explainTask.ts';
import { modelFeeds, mustBeFinite, realOf, rowOf, runRows, stepMask, targetFeeds } from './feeds.ts';
import { isGradientRefusal } from './gradientRefusal.ts';
import { classCount } from './mapGraph.ts';
import { DEFAULT_OPTIONS, type MethodOptions } from './methodOptions.ts';
import type { InquiredLayer, Inquiry } from './methods/inquiry.ts';
import type { RunsMethod } from './methods/method.ts';
import { pathGradients } from './pathGradient.ts';
import { place, placementOf } from './placement.ts';
import { changes, withoutEach } from './rectangle.ts';
import { replacementValues } from './replacement.ts';
import { type Score, scoreOf, type Target } from './score.ts';
import { windowAnswers } from './windowAnswers.ts';

const VALUES_PER_RUN = 2 ** 24;
/** More spill out of the processor's cache and take longer each; a cancel is heard between runs. */
const MOST_PER_RUN = 32;

/** Maps of a method that asks the model several times, instance by instance. @param logits [C] of each instance */
export async function runsMaps(
  task: ExplainTask,
  method: RunsMethod,
  targets: readonly (readonly Target[])[],
  logits: readonly Float32Array[],
): Promise<SignedMaps[]> {
  const found: SignedMaps[] = [];
  for (const [n, one] of task.prepared.entries()) {
    const name = task.instanceNames?.[n] ?? `${n}`;
    mustBeFinite(name, logits[n]!, []);
    const scores = targets[n]!.map((target) => scoreOf(target, logits[n]!));
    const progress =
      task.report &&
      ((share: number) => task.report?.((n + share) / task.prepared.length, `Computing ${method.label}`));
    const inquiry = inquiryOf({ ...task, report: progress }, method, one, scores, logits[n]!);
    const { maps: whole, ...told } = await method.explain(inquiry);
    const maps = whole.map((map) => (method.at === 'layer' ? rowsAveraged(task, map) : map));
    mustBeFinite(name, logits[n]!, maps);
    const relu = task.options.relu;
    found.push({
      ...told,
      logits: logits[n]!,
      scores,
      maps: relu ? maps.map((map) => map.map((value) => Math.max(0, value))) : maps,
      ...(relu && {
        lowest: maps.map((map) => map.reduce((least, value) => Math.min(least, value), Infinity)),
      }),
    });
  }
  return found;
}

function inquiryOf(
  task: ExplainTask,
  method: RunsMethod,
  prepared: SizedSeries,
  scores: readonly Score[],
  logits: Float32Array,
): Inquiry {
  const { x, mask, features, steps } = prepared;
  const options: MethodOptions = { ...DEFAULT_OPTIONS, ...task.parameters };
  const realOnly = task.options.maskedAlpha;
  const replacement = method.options.includes('baseline') ? options.baseline : options.replacement;
  const all = replacementValues(replacement, prepared, options.seed, task.reference);
  const absent = realOnly ? all.map((value, i) => (mask[i % steps] === 1 ? value : x[i]!)) : all;
  const ask: Asker['ask'] = async (series, steps, count) => {
    const logits = await askInGroups(task.model, series, {
      session: await task.session.load('plain', false),
      steps,
      logits: 'attribution_logits',
      most: MOST_PER_RUN,
      beforeRun: (_, before) => {
        if (count) task.report?.(before / count, '');
        task.signal?.throwIfAborted();
      },
    });
    return answersOf(logits, classCount(task.model.shapes, task.model.logits), task.model.outputIs);
  };
  return {
    ...{ x, features, steps, mask, logits, scores, options, realOnly, absent },
    layer: method.at === 'layer' ? inquiredLayer(task, prepared, scores) : undefined,
    ask,
    async withoutWindows(windows) {
      const changing = windows.filter((window) => changes(window, x, absent, steps));
      const answers =
        (await windowAnswers(task, prepared, absent, changing)) ??
        (await allLogits(ask(withoutEach(changing, prepared, absent), steps, changing.length)));
      let next = 0;
      return windows.map((window) => (window === changing[next] ? answers[next++]! : logits));
    },
    pathGradients: (path) => pathGradients(task, scores, path),
  };
}

async function allLogits(asked: Promise<Answers>): Promise<Float32Array[]> {
  const answers = await asked;
  return Array.from(answers.predicted, (_, i) => logitsAt(answers, i));
}

function inquiredLayer(task: ExplainTask, row: SizedSeries, scores: readonly Score[]): InquiredLayer {
  const { layer, model, options } = task;
  const { steps, features } = row;
  const { channels, positions } = canonicalAxes(layer, model.shapes);
  const real = realOf(layer, row.mask);
  const perRow = Math.max(1, elementCount([channels, ...positions]));
  const mostRows = Math.max(1, Math.min(MOST_PER_RUN, Math.floor(VALUES_PER_RUN / perRow)));
  const session = () => task.session.load('channels', false);
  const shared = sharesSeries(model, layer);
  const mask = (rows: number): Tensors =>
    options.maskedAlpha ? { attribution_mask: stepMask(new Array(rows).fill(real)) } : {};
  return {
    channels,
    positions,
    real,
    async activation() {
      const feeds = { ...modelFeeds(task, [row]), ...keeping(channels, [-1]), ...mask(1) };
      const results = await runRows(task, await session(), feeds, ['attribution_activation']);
      return rowOf(results.attribution_activation!, 0);
    },
    async withoutChannels() {
      const answers: Float32Array[] = [];
      while (answers.length < channels) {
        task.report?.(answers.length / channels, '');
        const rows = Math.min(mostRows, channels - answers.length);
        const gone = Array.from({ length: rows }, (_, i) => answers.length + i);
        const feeds = {
          ...modelFeeds(task, new Array(shared ? 1 : rows).fill(row)),
          ...keeping(channels, gone),
          ...mask(rows),
        };
        const outputs = ['attribution_logits'];
        const { attribution_logits } = await runRows(task, await session(), feeds, outputs);
        for (const n of gone.keys()) answers.push(rowOf(attribution_logits!, n));
      }
      return answers;
    },
    onInput(channel) {
      const columns = positions.at(-1)!;
      const values = rowsAveraged(task, channel);
      const placed = place({ values, rows: values.length / columns, columns }, placementOf(layer, steps));
      if (placed.rows === features) return placed.values;
      const all = new Float32Array(features * steps);
      for (let feature = 0; feature < features; feature++) all.set(placed.values, feature * steps);
      return all;
    },
    async gradcam() {
      try {
        const feeds = {
          ...modelFeeds(
            task,
            scores.map(() => row),
          ),
          ...targetFeeds(scores, true),
          ...mask(scores.length),
        };
        const { attribution_map } = await runRows(task, await task.session.load('gradcam', true), feeds);
        return scores.map((_, n) => rowOf(attribution_map!, n));
      } catch (error) {
        if (error instanceof Refusal && isGradientRefusal(error.code)) return undefined;
        throw error;
      }
    },
  };
}

/** A map [F', T'] of a layer whose rows are no features as the mean over them; any other as it is. */
function rowsAveraged({ layer }: ExplainTask, map: Float32Array): Float32Array {
  if (!layer.axes.averaged) return map;
  const columns = layer.positions.length;
  const rows = map.length / columns;
  const mean = (_: unknown, column: number) =>
    Array.from({ length: rows }, (_, row) => map[row * columns + column]!).reduce((a, b) => a + b, 0) / rows;
  return Float32Array.from({ length: columns }, mean);
}

/** [rows, K] ones, with one channel off per row; -1: none. */
function keeping(channels: number, off: readonly number[]): Tensors {
  const values = new Float32Array(off.length * channels).fill(1);
  for (const [row, channel] of off.entries()) if (channel >= 0) values[row * channels + channel] = 0;
  return { attribution_channels: { dtype: 'float32', dims: [off.length, channels], data: values } };
}
