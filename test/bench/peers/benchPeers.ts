import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { basename } from 'node:path';
import { loadModel } from '../../../src/formats/loadModel.ts';
import type { Runtime } from '../../../src/graph/runtime.ts';
import { float32, type Tensor } from '../../../src/graph/tensor.ts';
import { createRandom } from '../../../src/random.ts';
import { relativeDifference } from '../../fixtures/reference.ts';
import { median, printTable } from '../table.ts';
import { layerOf, PEER_CASES } from './cases.ts';
import { type Limit, limitOf } from './limit.ts';
import { machineSpeed } from './machineSpeed.ts';
import { openOurs, oursOf } from './ours.ts';
import { pageOf, type Row } from './page.ts';
import { Peer } from './peer.ts';

/** An odd number. */
const ROUNDS = Number(process.env.ATTRIBUTION_BENCH_ROUNDS ?? 3);

/** A part of the titles of what is to be compared; all unless it is said. */
const ONLY = process.env.ATTRIBUTION_BENCH_ONLY ?? '';

/** Ours and theirs in turn, so that a slow moment of the machine hits both; @param page a file to write, if any */
export async function benchPeers(models: readonly string[], runtime: Runtime, page?: string): Promise<void> {
  const peer = await Peer.start();
  if (!peer) return console.log('NOT RUN: peers, because there is no python3 with torch');
  const whose = peer.versions.captum ? `Captum ${peer.versions.captum}` : 'PyTorch as Captum does it';
  const before = page && existsSync(page) ? readFileSync(page, 'utf8') : '';
  const rows: Row[] = [];
  const limits: Limit[] = [];
  for (const path of models) {
    const { graph } = await loadModel(path);
    const classifier = await openOurs(graph, runtime);
    limits.push(limitOf(basename(path).split('_')[0]!, classifier));
    await peer.take(graph);
    for (const one of PEER_CASES.filter(({ title }) => title.includes(ONLY))) {
      const x = series(one.instances, classifier.input.features, classifier.input.steps ?? 131);
      await peer.give(x);
      const layer = one.at === 'input' ? undefined : layerOf(classifier.layers, one.at);
      const ways = one.ways.map((way) => ({ ...way, layer: layer?.tensor }));
      const ours = await oursOf(classifier, runtime, one, x);
      const found = await ours.run();
      const theirs = await peer.result(one.theirs, ways[0]!);
      const apart = one.same
        ? relativeDifference(
            found.flatMap((map) => [...map]),
            theirs,
          )
        : undefined;
      // The quickest of their ways is timed on.
      const tried: { readonly way: (typeof ways)[0]; readonly wall: number }[] = [];
      if (ways.length > 1) {
        for (const way of ways) tried.push({ way, wall: (await peer.run(one.theirs, way)).wall });
      }
      const { way } = tried.toSorted((a, b) => a.wall - b.wall)[0] ?? { way: ways[0]! };
      const mine: { wall: number; cpu: number }[] = [];
      const others: { wall: number; cpu: number }[] = [];
      for (let round = 0; round < ROUNDS; round++) {
        const [start, cpu] = [performance.now(), process.cpuUsage()];
        await ours.run();
        const wall = performance.now() - start;
        const { user, system } = process.cpuUsage(cpu);
        mine.push({ wall, cpu: (user + system) / 1000 });
        others.push(await peer.run(one.theirs, way));
      }
      await ours.dispose();
      console.error(basename(path), one.title);
      rows.push({
        ...{ model: basename(path).split('_')[0]!, title: one.title, apart },
        ours: median(mine.map((t) => t.wall)),
        theirs: median(others.map((t) => t.wall)),
        ratio: median(mine.map((t, i) => others[i]!.wall / t.wall)),
        cpuRatio: median(mine.map((t, i) => others[i]!.cpu / Math.max(0.01, t.cpu))),
      });
    }
    // After each model, so that a run that is ended leaves the page of those that are through.
    if (page) writeFileSync(page, pageOf(rows, await conditionsOf(), before));
  }
  peer.stop();
  const conditions = await conditionsOf();
  printTable(
    `Ours beside ${whose}, median ms; load ${conditions.load.toFixed(1)}, ${conditions.speed.toFixed(0)} GFLOP/s`,
    ['model', 'what', 'ours', 'theirs', 'theirs / ours', 'by CPU time', 'apart'],
    rows.map((row) => [
      ...[row.model, row.title, row.ours, row.theirs, row.ratio, row.cpuRatio],
      row.apart === undefined ? '' : row.apart.toExponential(0),
    ]),
  );

  async function conditionsOf() {
    return {
      ...{ whose, torch: peer!.versions.torch, runtime: `${runtime.id} ${runtime.version}`, rounds: ROUNDS },
      ...{ cores: cpus().length, processor: cpus()[0]!.model.trim(), load: loadavg()[1]! },
      speed: await machineSpeed(runtime),
      limits,
    };
  }
}

/** Nearly standardised noise [N, F, T]. */
function series(instances: number, features: number, steps: number): Tensor {
  const random = createRandom(1);
  const size = instances * features * steps;
  return float32(
    [instances, features, steps],
    Float32Array.from({ length: size }, () => random.normal()),
  );
}
