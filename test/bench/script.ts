import { spawnSync } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EngineClient } from '../../src/engine/client.ts';
import { recognise } from '../../src/views/lenses/recognise.ts';
import { samplePython } from '../fixtures/scripts/samplePython.ts';
import { median, printTable } from './table.ts';

const repeats = 9;
/** Before the session reacts to a save. */
const settleMs = 150;

/** Save → new numbers for one instance of the sample, beyond what the script takes by itself; and the code lenses' reading. */
export async function benchScript(entry: string, sample: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'attribution-bench-'));
  await cp(sample, folder, { recursive: true });
  const project = join(folder, 'attribution.json');
  const config = JSON.parse(await readFile(project, 'utf8'));
  await writeFile(project, JSON.stringify({ ...config, preprocess: { script: 'preprocess.py' } }));
  const script = join(folder, 'preprocess.py');
  const data = join(folder, 'data/walk_0007.csv');
  const request = {
    ...{ data, project, model: join(folder, 'models/xcm.onnx') },
    run: { script, interpreter: 'python3', timeoutMs: 60_000 },
  };
  await writeFile(script, samplePython);
  const alone = () => spawnSync('python3', [script, data, join(folder, 'out.npz')]).status;
  if (alone() === 0) {
    const client = new EngineClient({ entry, log: () => {} });
    await client.call('explain', request);
    const [own, all]: [number[], number[]] = [[], []];
    for (let save = 0; save < repeats; save++) {
      own.push(await timed(async () => alone()));
      await writeFile(script, `${samplePython}# save ${save}\n`);
      all.push(
        await timed(async () => {
          await client.call('data', request);
          await client.call('explain', request);
        }),
      );
    }
    client.dispose();
    const beyond = settleMs + median(all) - median(own);
    printTable(
      'Linked script, save → new numbers, median ms (aim: ≤ 1000 beyond the script)',
      ['script alone', 'with the engine', 'beyond the script, with the pause of 150'],
      [[median(own), median(all), beyond]],
    );
  } else {
    console.warn('No python3: the linked script is not measured.');
  }
  await rm(folder, { recursive: true, force: true });
  const lines = samplePython.split('\n');
  const text = Array.from({ length: 5000 }, (_, at) => lines[at % lines.length]).join('\n');
  const times: number[] = [];
  for (let run = 0; run < repeats; run++) times.push(await timed(async () => recognise(text, 'python')));
  printTable('Code lenses of 5,000 lines, ms (aim ≤ 50)', ['first', 'median'], [[times[0]!, median(times)]]);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
