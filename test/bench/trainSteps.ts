import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ARCHITECTURES, type ArchitectureName, newNetwork } from '../../src/architectures/architectures.ts';
import { writeOnnx } from '../../src/formats/onnx/writeOnnx.ts';
import { describeClassifier } from '../../src/graph/classifier.ts';
import type { Runtime } from '../../src/graph/runtime.ts';
import { float32 } from '../../src/graph/tensor.ts';
import { openOnnxRuntimeNode } from '../../src/runtime/onnxRuntimeNode.ts';
import { Stepper } from '../../src/training/stepper.ts';
import { targetsOf } from '../../src/training/targets.ts';
import { trainingGraph } from '../../src/training/trainingGraph.ts';
import { median, printTable } from './table.ts';
import { openTorchSteps, type StepCosts } from './torchSteps.ts';

const SIZE = { features: 30, steps: 131, classes: 3 };
const BATCH = 32;
const NAMES = ['xcm', 'inceptiontime', 'fcn'] as const satisfies readonly ArchitectureName[];
const ROUNDS = 7;
const PER_ROUND = 2;

/** Steps of training here and in PyTorch, by turns, from the same weights on the same batch: a step of each must give the same loss. */
export async function benchTrainSteps(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'attribution-bench-'));
  const filters = Object.fromEntries(NAMES.map((name) => [name, ARCHITECTURES[name].filters]));
  writeFileSync(join(folder, 'setting.json'), JSON.stringify({ ...SIZE, batch: BATCH, filters }));
  const x = Float32Array.from({ length: BATCH * SIZE.features * SIZE.steps }, (_, i) => Math.sin(i * i));
  writeFileSync(join(folder, 'x.f32'), x);
  for (const name of NAMES) writeFileSync(join(folder, `${name}.onnx`), writeOnnx(newNetwork(name, SIZE, 1)));
  const torch = await openTorchSteps(folder);
  if (!torch) console.log('\nTraining steps beside PyTorch: NOT RUN, needs torch and onnx');
  const rows: (string | number)[][] = [];
  const ratios: number[] = [];
  try {
    const runtime = await openOnnxRuntimeNode();
    for (const name of NAMES) {
      const ours = await openSteps(name, runtime, x);
      const [here, there]: [StepCosts[], StepCosts[]] = [[], []];
      for (let round = 0; round <= ROUNDS; round++) {
        here.push(await ours.take(PER_ROUND));
        if (torch) there.push(await torch.step(name, PER_ROUND));
      }
      await ours.end();
      const of = (costs: readonly StepCosts[], what: 'wall' | 'cpu') =>
        median(costs.slice(1).flatMap((cost) => cost[what]));
      const own = [of(here, 'wall'), of(here, 'cpu')] as const;
      if (!torch) {
        rows.push([name, ...own]);
        continue;
      }
      const its = [of(there, 'wall'), of(there, 'cpu')] as const;
      const apart = Math.abs(here[0]!.loss[1]! - there[0]!.loss[1]!);
      const byRound = here.slice(1).map((cost, i) => median(there[i + 1]!.wall) / median(cost.wall));
      ratios.push(median(byRound));
      rows.push([name, ...own, ...its, ratios.at(-1)!, its[1] / own[1], apart]);
    }
  } finally {
    torch?.end();
    rmSync(folder, { recursive: true, force: true });
  }
  const heads = ['network', 'ms', 'CPU ms'];
  const beside = ['PyTorch ms', 'CPU ms', 'times as fast', 'by CPU', 'second loss apart'];
  printTable(
    `A step of training, batch ${BATCH}, T = ${SIZE.steps}, F = ${SIZE.features}, two threads each, by turns, medians${torch ? ` (PyTorch ${torch.version})` : ''}`,
    torch ? [...heads, ...beside] : heads,
    rows,
  );
  if (torch) {
    const mean = Math.exp(ratios.reduce((sum, one) => sum + Math.log(one), 0) / ratios.length);
    console.log(`geometric mean ${mean.toFixed(2)} (aims: XCM ≥ 3, the others ≥ 0.9, together ≥ 1.5)`);
  }
}

async function openSteps(name: ArchitectureName, runtime: Runtime, data: Float32Array) {
  const model = await describeClassifier(newNetwork(name, SIZE, 1), runtime);
  const stepper = await Stepper.open([trainingGraph(model)], model.graph, runtime, { kind: 'adam' });
  const x = float32([BATCH, SIZE.features, SIZE.steps], data);
  const targets = targetsOf(
    Array.from({ length: BATCH }, (_, n) => n % SIZE.classes),
    SIZE,
  );
  return {
    async take(steps: number): Promise<StepCosts> {
      const [loss, wall, cpu]: [number[], number[], number[]] = [[], [], []];
      for (let step = 0; step < steps; step++) {
        const [clock, before] = [performance.now(), process.cpuUsage()];
        loss.push((await stepper.step({ [model.input.name]: x }, targets, 1e-3)).loss);
        wall.push(performance.now() - clock);
        const { user, system } = process.cpuUsage(before);
        cpu.push((user + system) / 1000);
      }
      return { loss, wall, cpu };
    },
    end: () => stepper.dispose(),
  };
}
