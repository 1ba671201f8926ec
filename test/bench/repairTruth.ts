import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { argmax } from '../../src/attribution/probabilities.ts';
import { readNpz } from '../../src/data/numpy/readNpz.ts';
import { loadModel } from '../../src/formats/loadModel.ts';
import { describeClassifier } from '../../src/graph/classifier.ts';
import type { Graph } from '../../src/graph/graph.ts';
import { maskedClassifier } from '../../src/graph/masking/maskedClassifier.ts';
import { numbers } from '../../src/graph/tensor.ts';
import { createRandom } from '../../src/padding/random.ts';
import { ARMS, type Arm, repairBy } from '../../src/repair/arms.ts';
import { feedsOf } from '../../src/repair/patient.ts';
import { openOnnxRuntimeNode } from '../../src/runtime/onnxRuntimeNode.ts';
import { atLength } from '../../src/training/randomLength.ts';
import { realLength, type TrainingSeries } from '../../src/training/series.ts';
import { untied } from '../../src/training/parameters.ts';

const folder = process.argv[2]!;
const wanted = new RegExp(process.argv[3] ?? '.');
const arms = (process.argv[4]?.split(',') ?? ARMS) as Arm[];
const runtime = await openOnnxRuntimeNode();
for (const name of readdirSync(folder).filter((n) => /^\d/.test(n) && wanted.test(n))) {
  try {
    const npz = readdirSync(join(folder, name)).filter((n) => n.endsWith('.npz')).sort((a, b) => Number(b.match(/\d+/)) - Number(a.match(/\d+/)))[0]!;
    const arrays = readNpz(readFileSync(join(folder, name, npz)), npz);
    const get = (key: string) => arrays.get(key) as never as { dims: number[]; data: Float32Array };
    const [n, features, steps] = get('x').dims as [number, number, number];
    const x = Float32Array.from(numbers(get('x') as never));
    const masks = Uint8Array.from(numbers(get('mask') as never));
    const y = numbers(get('y') as never);
    const all: TrainingSeries[] = y.map((label, i) => ({
      x: x.slice(i * features * steps, (i + 1) * features * steps),
      mask: masks.slice(i * steps, (i + 1) * steps),
      label,
    }));
    const shape = { features, steps };
    const { graph } = await loadModel(join(folder, name, 'model.onnx'));
    const classifier = await describeClassifier(untied(graph), runtime, { layout: 'NFT', steps });
    const random = createRandom(1);
    const order = [...random.permutation(n)].map((i) => all[i]!);
    const halves = [order.filter((_, i) => i % 2 === 0), order.filter((_, i) => i % 2 === 1)];
    const crossed = (some: TrainingSeries[]) =>
      some.map((one) => atLength(one, Math.max(1, realLength(all[random.integer(n)]!.mask)), shape, random));
    const accuracy = async (g: Graph, masked: boolean, some: TrainingSeries[]) => {
      const session = await runtime.load({ ...g, outputs: [{ name: classifier.logits, dtype: 'float32', dims: [] }] });
      const feeds = feedsOf(classifier, shape, some);
      const keys = masked ? feeds : { [classifier.input.name]: feeds[classifier.input.name]! };
      const out = numbers((await session.run(keys))[classifier.logits]!);
      await session.dispose();
      const c = classifier.classes;
      return some.filter((one, i) => argmax(Float32Array.from(out.slice(i * c, (i + 1) * c))) === one.label).length / some.length;
    };
    const rows: string[] = [];
    const views = halves.map(crossed);
    const before = (await Promise.all(halves.map((h) => accuracy(classifier.graph, false, h)))).reduce((a, b) => a + b) / 2;
    const beforeX = (await Promise.all(views.map((h) => accuracy(classifier.graph, false, h)))).reduce((a, b) => a + b) / 2;
    rows.push(`as trained ${before.toFixed(3)}/${beforeX.toFixed(3)}`);
    let masked: Awaited<ReturnType<typeof maskedClassifier>>;
    try { masked = await maskedClassifier(classifier, runtime); } catch (e) { console.log(name, n, rows.join(' · '), String((e as Error).message).slice(0, 100)); continue; }
    for (const arm of arms) {
      try {
        let [a, b, ms] = [0, 0, 0];
        for (const k of [0, 1]) {
          const t = Date.now();
          const { graph, diverged } = await repairBy(arm, { masked, runtime, shape }, halves[1 - k]!, { seed: 1 });
          ms += Date.now() - t;
          if (diverged) console.log(diverged);
          a += (await accuracy(graph, true, halves[k]!)) / 2;
          b += (await accuracy(graph, true, views[k]!)) / 2;
        }
        rows.push(`${arm} ${a.toFixed(3)}/${b.toFixed(3)} ${ms}ms`);
      } catch (e) { rows.push(`${arm}: ${String((e as Error).message).slice(0, 80)}`); }
    }
    console.log(name, `n=${n}`, rows.join(' · '));
  } catch (e) { console.log(name, (e as Error).message.slice(0, 200)); }
}
