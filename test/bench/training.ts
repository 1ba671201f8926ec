import { readDataset } from '../../src/data/readDataset.ts';
import { SaidOfSeries } from '../../src/engine/reading/saidOfData.ts';
import { createEngine } from '../../src/engine/service.ts';
import { classesToLearn } from '../../src/engine/train/labelled.ts';
import { fittingStep } from '../../src/engine/train/paddingStyles.ts';
import { trainingSet } from '../../src/engine/train/trainingSet.ts';
import { loadModel } from '../../src/formats/loadModel.ts';
import { describeClassifier } from '../../src/graph/classifier.ts';
import { maskedClassifier } from '../../src/graph/masking/maskedClassifier.ts';
import { fitStatistics } from '../../src/preprocess/statistics.ts';
import { createRandom } from '../../src/random.ts';
import { repairBy } from '../../src/repair/arms.ts';
import { openOnnxRuntimeNode } from '../../src/runtime/onnxRuntimeNode.ts';
import { untied } from '../../src/training/parameters.ts';
import { referenceFile } from '../fixtures/referenceFile.ts';
import { printTable } from './table.ts';

const [SERIES, STEPS] = [300, 29];

/** A whole training and two repairs on JapaneseVowels, and the most memory this process has held until then. */
export async function benchTraining(): Promise<void> {
  const rows: (string | number)[][] = [];
  const timed = async (what: string, aim: string, work: () => Promise<unknown>) => {
    const [start, before] = [performance.now(), process.cpuUsage()];
    await work();
    const { user, system } = process.cpuUsage(before);
    const seconds = (performance.now() - start) / 1000;
    rows.push([what, seconds, (user + system) / 1e6, process.resourceUsage().maxRSS / 1024, aim]);
  };
  const [data, test] = ['TRAIN', 'TEST'].map((part) =>
    referenceFile(`JapaneseVowels/JapaneseVowels_${part}.ts`),
  ) as [string, string];
  const engine = createEngine();
  const how = { padding: 'end', masked: false, maskInput: false, epochs: 60, seed: 1 } as const;
  await timed('XCM from scratch, 60 epochs of 216 series', '< 60', () =>
    engine.train({ data, test, architecture: 'xcm', ...how }),
  );
  await engine.dispose();
  const series = await seriesOf(test);
  const runtime = await openOnnxRuntimeNode();
  const repair = async (arm: 'head' | 'fine-tune') => {
    const { graph } = await loadModel(referenceFile('jv_xcm.onnx'));
    const plain = await describeClassifier(untied(graph), runtime);
    const model = await maskedClassifier(plain, runtime);
    await repairBy(arm, { model, runtime, shape: { features: 12, steps: STEPS } }, series, { seed: 1 });
  };
  await timed(`masked, head refitted on ${series.length} series`, '< 5', () => repair('head'));
  await timed(`ten masked epochs of ${series.length} series`, '< 60', () => repair('fine-tune'));
  printTable('XCM on JapaneseVowels (memory aim: 1024)', ['what', 's', 'CPU s', 'peak MiB', 'aim, s'], rows);
}

async function seriesOf(path: string) {
  const dataset = await readDataset({ path }, {});
  const { mean, std } = fitStatistics(dataset);
  const recipe = {
    classes: classesToLearn(dataset, undefined, path),
    features: dataset.features,
    mask: { kind: 'auto' },
    shape: { features: dataset.features.length, steps: STEPS },
    steps: [{ kind: 'standardize', by: 'given', mean, std }, fittingStep('end', STEPS)],
  } as const;
  const all = await trainingSet(dataset, path, recipe, new SaidOfSeries(), {});
  return [...createRandom(1).permutation(all.length)].slice(0, SERIES).map((i) => all[i]!);
}
