import type { Tensors } from '../graph/runtime.ts';
import { int64, tensor } from '../graph/tensor.ts';
import type { SizedSeries } from '../preprocess/case.ts';
import type { ExplainTask } from './explainTask.ts';
import { rowFeeds, rowOf, runOnce } from './feeds.ts';
import { modelFeed } from './modelFeed.ts';
import type { Rectangle } from './rectangle.ts';
import { windowPlan } from './windowPlan.ts';
import { regionsOf, type WindowPlan } from './windowStages.ts';

const MOST_PER_RUN = 32;

/**
 * Logits [C] of x with each window replaced by what stands there in `absent` [F, T], in order; undefined where the
 * model has to be asked in full.
 */
export async function windowAnswers(
  task: ExplainTask,
  one: SizedSeries,
  absent: Float32Array,
  windows: readonly Rectangle[],
): Promise<Float32Array[] | undefined> {
  const { model, session } = task;
  const width = windows.reduce((most, { columns: [from, to] }) => Math.max(most, to - from), 0);
  const oneRow = one.features > 1 && windows.every(({ rows: [from, to] }) => to - from === 1);
  const plan = model.maskInput === undefined ? windowPlan(model, width, oneRow) : undefined;
  if (plan === undefined) return undefined;
  const shape = `${width} ${oneRow ? 'row' : 'rows'}` as const;
  const base = await (await session.load(`whole ${shape}`, false)).run(rowFeeds(model, [one], one.steps));
  const graph = await session.load(`windows ${shape}`, false);
  const answers = new Array<Float32Array>(windows.length);
  let before = 0;
  for (const group of groupsOf(windows)) {
    task.report?.(before / windows.length, '');
    before += group.length;
    const feeds = feedsOf(
      task,
      one,
      absent,
      group.map((w) => windows[w]!),
      plan,
    );
    const { attribution_logits } = await runOnce(task, graph, { ...base, ...feeds });
    for (const [n, w] of group.entries()) answers[w] = rowOf(attribution_logits!, n);
  }
  return answers;
}

/** Windows over the same steps, in groups. */
function groupsOf(windows: readonly Rectangle[]): number[][] {
  const groups: number[][] = [];
  const open = new Map<string, number[]>();
  for (const [w, { columns }] of windows.entries()) {
    let group = open.get(columns.join());
    if (group === undefined || group.length === MOST_PER_RUN) {
      group = [];
      groups.push(group);
      open.set(columns.join(), group);
    }
    group.push(w);
  }
  return groups;
}

function feedsOf(
  { model }: ExplainTask,
  one: SizedSeries,
  absent: Float32Array,
  windows: readonly Rectangle[],
  { stages, rows }: WindowPlan,
): Tensors {
  const { x, features, steps } = one;
  const { columns } = windows[0]!;
  const all = [0, features] as const;
  const [kept, gone] = [cutOut(x, steps, all, columns), cutOut(absent, steps, all, columns)];
  const width = columns[1] - columns[0];
  const series = windows.map(({ rows: [from, to] }) => {
    const without = kept.slice();
    without.set(gone.subarray(from * width, to * width), from * width);
    return { x: without, mask: new Uint8Array(width) };
  });
  const regions = stages.map((stage) => regionsOf(stage, columns, steps));
  const ends = regions.flatMap(({ changed, crop }) => [
    ...[...changed, ...crop],
    ...changed.map((step) => step - crop[0]),
  ]);
  return {
    ...rowFeeds(model, series, width),
    attribution_steps: int64([2 + ends.length], [...columns, ...ends]),
    ...(rows && rowsOf()),
  };

  /** The feature that changes in each window, on the steps the first stage is run on. */
  function rowsOf(): Tensors {
    const { crop } = regions[0]!;
    const each = windows.map((window) => {
      const row = cutOut(x, steps, window.rows, crop);
      row.set(cutOut(absent, steps, window.rows, columns), columns[0] - crop[0]);
      return row;
    });
    const isRow = new Uint8Array(windows.length * features);
    for (const [n, window] of windows.entries()) isRow[n * features + window.rows[0]] = 1;
    const { layout, dtype } = model.input;
    return {
      attribution_row: modelFeed(each, 1, crop[1] - crop[0], layout, dtype),
      attribution_is_row: tensor('bool', [windows.length, features], isRow),
    };
  }
}

/** Some rows and columns of [F, T], as [rows, columns]. */
function cutOut(
  values: Float32Array,
  steps: number,
  rows: readonly [number, number],
  [from, to]: readonly [number, number],
): Float32Array {
  const cut = new Float32Array((rows[1] - rows[0]) * (to - from));
  for (let row = rows[0]; row < rows[1]; row++)
    cut.set(values.subarray(row * steps + from, row * steps + to), (row - rows[0]) * (to - from));
  return cut;
}
