import type { Tensors } from '../graph/runtime.ts';
import { int64 } from '../graph/tensor.ts';
import type { SizedSeries } from '../preprocess/case.ts';
import type { ExplainTask } from './explainTask.ts';
import { rowFeeds, rowOf, runOnce } from './feeds.ts';
import type { Rectangle } from './rectangle.ts';
import { type WindowPlan, windowPlan } from './windowPlan.ts';

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
  const plan = model.maskInput === undefined ? windowPlan(model, width) : undefined;
  if (plan === undefined) return undefined;
  const base = await (await session.load(`whole ${width}`, false)).run(rowFeeds(model, [one], one.steps));
  const graph = await session.load(`windows ${width}`, false);
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
  { x, features, steps }: SizedSeries,
  absent: Float32Array,
  windows: readonly Rectangle[],
  { before, after, crop }: WindowPlan,
): Tensors {
  const [from, to] = windows[0]!.columns;
  // A step rests on `before` steps before it, so a change reaches that many steps after it.
  const changed = [Math.max(0, from - after), Math.min(steps, to + before)] as const;
  const begin = Math.max(0, Math.min(steps - crop, from - after - before));
  const part = (all: Float32Array) => {
    const cut = new Float32Array(features * crop);
    for (let feature = 0; feature < features; feature++) {
      const at = feature * steps + begin;
      cut.set(all.subarray(at, at + crop), feature * crop);
    }
    return cut;
  };
  const [kept, gone] = [part(x), part(absent)];
  const rows = windows.map(({ rows, columns }) => {
    const without = kept.slice();
    for (let row = rows[0]; row < rows[1]; row++) {
      const at = row * crop + columns[0] - begin;
      without.set(gone.subarray(at, at + columns[1] - columns[0]), at);
    }
    return { x: without, mask: new Uint8Array(crop) };
  });
  return {
    ...rowFeeds(model, rows, crop),
    attribution_changed: int64([2], changed),
    attribution_part: int64(
      [2],
      changed.map((step) => step - begin),
    ),
  };
}
