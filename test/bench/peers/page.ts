import type { Limit } from './limit.ts';

/** One case of one model, medians in ms; `ratio` is the median over pairs. */
export interface Row {
  readonly model: string;
  readonly title: string;
  readonly ours: number;
  readonly theirs: number;
  readonly ratio: number;
  readonly cpuRatio: number;
  /** Largest difference of the numbers, as a share of the largest. */
  readonly apart: number | undefined;
}

interface Conditions {
  readonly whose: string;
  readonly torch: string;
  readonly runtime: string;
  readonly rounds: number;
  readonly cores: number;
  readonly processor: string;
  readonly load: number;
  readonly speed: number;
  readonly limits: readonly Limit[];
}

/** Sections with a heading are written by hand: of the page as it was, they stay. */
function byHand(before: string): string {
  const from = before.indexOf('\n## ');
  return from < 0 ? '' : before.slice(from);
}

/** docs/performance.md; @param before what stands there */
export function pageOf(rows: readonly Row[], on: Conditions, before: string): string {
  const cells = rows.map(
    (row) =>
      `| ${row.model} | ${row.title} | ${shown(row.ours)} | ${shown(row.theirs)} | ${row.ratio.toFixed(2)} | ${row.cpuRatio.toFixed(2)} |`,
  );
  const most = Math.max(...rows.map((row) => row.apart ?? 0));
  const titles = [...new Set(rows.map(({ title }) => title))];
  const of = (title: string) => rows.filter((row) => row.title === title);
  const means = titles.map(
    (title) => `| ${title} | ${mean(of(title), 'ratio')} | ${mean(of(title), 'cpuRatio')} |`,
  );
  return `# Performance

Written by \`npm run bench -- peers docs/performance.md\`; nothing here is asserted by a test.

Ours (${on.runtime}) beside **${on.whose}** (PyTorch ${on.torch}), two threads each, T = 131, F = 30, the reference models with the batch norms their exporter folded, random series. Each pair ran one after the other, ${on.rounds === 1 ? 'once, after a first time that does not count; times are milliseconds, ratios' : `${on.rounds} times; times are medians in milliseconds, ratios medians over the pairs,`} of wall-clock and of processor time (both threads together). Where theirs can be asked in several batch sizes, the one that was quickest at first counts. The numbers of both agree within ${most.toExponential(0)} of the largest (SmoothGrad draws its noise anew).

Measured on ${on.cores} cores (${on.processor}) that other work shared (load ${on.load.toFixed(1)}); one product of two matrices 1024 × 1024 ran at ${on.speed.toFixed(0)} GFLOP/s at best. The forward pass is the limit of every method that asks the model many times: see the table of limits. PyTorch’s threads spin while they wait, so beside other work its processor time is too high; with \`ATTRIBUTION_BENCH_THREADS=1\` it has one thread and does not.

| model | what, instances | ours, ms | theirs, ms | theirs / ours | by processor time |
|---|---|---|---|---|---|
${cells.join('\n')}

Geometric means of the models:

| what | theirs / ours | by processor time |
|---|---|---|
${means.join('\n')}

Limits: what the convolutions alone would take if they ran at the speed of that product of matrices, every multiplication done. A gradient costs a forward pass and as much again; PyTorch has the same limit where it multiplies as often. Grad-CAM at the first layer goes back through every convolution that does not read the series: counted in multiplications it is at least 1.99 forward passes of InceptionTime, 1.91 of FCN and 1.35 of XCM. Where ours is near its limit, no better ratio is to be had by saving memory traffic or calls. The native runtime's direct convolutions were not replaced by quicker algorithms: tried alone on layers of these models, Winograd’s took 0.6 to 0.85 of the processor time, transforms included, and a discrete Fourier transform took 0.6 of it for kernels of 39 taps and 1.9 of it for those of 5; the transform also leaves some 1e-6 of a value on steps behind the series where a direct convolution is exactly 0.

| model | forward pass, 64: GFLOP | at best, ms | integrated gradients, 16 × 50: GFLOP | at best, ms |
|---|---|---|---|---|
${on.limits.map((one) => limitRow(one, on.speed)).join('\n')}
${byHand(before)}`;
}

function limitRow({ model, forward, point }: Limit, speed: number): string {
  const cells = [64 * forward, 16 * 50 * point].flatMap((flop) => [
    flop.toFixed(flop < 10 ? 1 : 0),
    shown((flop / speed) * 1000),
  ]);
  return `| ${[model, ...cells].join(' | ')} |`;
}

function mean(rows: readonly Row[], of: 'ratio' | 'cpuRatio'): string {
  return Math.exp(rows.reduce((sum, row) => sum + Math.log(row[of]), 0) / rows.length).toFixed(2);
}

function shown(ms: number): string {
  return ms < 10 ? ms.toFixed(1) : ms.toFixed(0);
}
