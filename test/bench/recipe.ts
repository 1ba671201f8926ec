import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { ARCHITECTURES, newNetwork } from '../../src/architectures/architectures.ts';
import { readDataset } from '../../src/data/readDataset.ts';
import { SaidOfSeries } from '../../src/engine/reading/saidOfData.ts';
import { classesToLearn } from '../../src/engine/train/labelled.ts';
import { fittingStep } from '../../src/engine/train/paddingStyles.ts';
import { trainingSet } from '../../src/engine/train/trainingSet.ts';
import { writeOnnx } from '../../src/formats/onnx/writeOnnx.ts';
import { fitStatistics } from '../../src/preprocess/statistics.ts';
import { createRandom } from '../../src/random.ts';
import { openOnnxRuntimeNode } from '../../src/runtime/onnxRuntimeNode.ts';
import { rightAnswers, shareOf } from '../../src/training/accuracy.ts';
import { evenly } from '../../src/training/buckets.ts';
import { trainFromScratch } from '../../src/training/fromScratch.ts';
import { holdOut } from '../../src/training/holdOut.ts';
import { firstOfSame } from '../../src/training/sameSeries.ts';
import type { TrainingSeries } from '../../src/training/series.ts';
import { referenceFile } from '../fixtures/referenceFile.ts';

/**
 * JapaneseVowels by one recipe here and in PyTorch: `node --import tsx test/bench/recipe.ts [fcn|xcm] [SEEDS] [EPOCHS]`.
 * PyTorch trains twice for each seed, on the same parts of the data: from our weights and batches (paired), and from
 * its own. A line of JSON per seed.
 */
const [name = 'fcn', seeds = '5', epochs = '60'] = process.argv.slice(2) as ['fcn' | 'xcm', string?, string?];
if (spawnSync('python3', ['-c', 'import torch, onnx']).status !== 0) {
  console.log('NOT RUN, needs torch and onnx');
  process.exit(0);
}
const STEPS = 29;
const [trainPath, testPath] = ['TRAIN', 'TEST'].map((part) =>
  referenceFile(`JapaneseVowels/JapaneseVowels_${part}.ts`),
) as [string, string];
const learnt = await readDataset({ path: trainPath }, {});
const { mean, std } = fitStatistics(learnt);
const classes = classesToLearn(learnt, undefined, trainPath);
const shape = { features: learnt.features.length, steps: STEPS };
const recipe = {
  ...{ classes, features: learnt.features, shape },
  mask: { kind: 'auto' },
  steps: [{ kind: 'standardize', by: 'given', mean, std }, fittingStep('end', STEPS)],
} as const;
const all = await trainingSet(learnt, trainPath, recipe, new SaidOfSeries(), {});
const test = await trainingSet(
  await readDataset({ path: testPath }, {}),
  testPath,
  recipe,
  new SaidOfSeries(),
  {},
);
const runtime = await openOnnxRuntimeNode();
const folder = mkdtempSync(join(tmpdir(), 'attribution-recipe-'));
const save = (part: string, series: readonly TrainingSeries[]) => {
  writeFileSync(join(folder, `${part}.f32`), Float32Array.from(series.flatMap(({ x }) => [...x])));
  return series.map(({ label }) => label);
};
const script = fileURLToPath(new URL('recipe.py', import.meta.url));
const torch = spawn('python3', [script, folder], { stdio: ['pipe', 'pipe', 'inherit'] });
const lines = createInterface({ input: torch.stdout })[Symbol.asyncIterator]();
const differences: { paired: number; own: number }[] = [];
for (let seed = 1; seed <= Number(seeds); seed++) {
  const parts = holdOut(all, 0.2, createRandom(seed), firstOfSame(all.map(({ print }) => print)));
  const network = newNetwork(name, { ...shape, classes: classes.length }, seed);
  writeFileSync(join(folder, 'start.onnx'), writeOnnx(network));
  const labels = {
    train: save('train', parts.train),
    held: save('held', parts.held),
    test: save('test', test),
  };
  const random = createRandom(seed);
  const batches = Array.from({ length: Number(epochs) }, () =>
    evenly([...random.permutation(parts.train.length)], 32),
  );
  const { filters } = ARCHITECTURES[name];
  const setting = { ...shape, name, filters, seed, batches, labels, classes: classes.length };
  writeFileSync(join(folder, 'setting.json'), JSON.stringify(setting));
  torch.stdin.write('go\n');
  const found = await trainFromScratch(network, runtime, shape, parts, { epochs: Number(epochs), seed });
  const here = shareOf(await rightAnswers(found.graph, found.model, runtime, test, shape));
  const { value } = await lines.next();
  const there: { paired: number; own: number; loss: number } = JSON.parse(value);
  differences.push({ paired: here - there.paired, own: here - there.own });
  console.log(JSON.stringify({ name, seed, here, loss: found.curve.at(-1)!.loss, torch: there }));
}
torch.stdin.end();
rmSync(folder, { recursive: true });
for (const which of ['paired', 'own'] as const) {
  const each = differences.map((one) => one[which]);
  const n = each.length;
  const average = each.reduce((a, b) => a + b, 0) / n;
  const error = Math.sqrt(each.reduce((sum, one) => sum + (one - average) ** 2, 0) / (n - 1) / n);
  console.log(
    `${name}, ${which}: here − PyTorch ${average.toFixed(5)}, standard error ${error.toFixed(5)}, ${n} seeds`,
  );
}
