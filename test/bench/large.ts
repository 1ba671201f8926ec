import { spawn } from 'node:child_process';
import { closeSync, createReadStream, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { newNetwork } from '../../src/architectures/architectures.ts';
import { EngineClient } from '../../src/engine/client.ts';
import { writeOnnx } from '../../src/formats/onnx/writeOnnx.ts';
import { median, printTable } from './table.ts';

const FEATURES = 8;
const STEPS = 1000;
const CASES = 5000;
const ROUNDS = 3;

interface Taken {
  readonly seconds: number;
  readonly cpu: number;
}

/**
 * Five million rows, about 400 MB: the last case explained by the command line and by the engine of the editor, beside
 * reading the file once as a plain Node stream does that splits lines and cells and makes numbers of them. In turn, so
 * that both see the same load.
 */
export async function benchLarge(repository: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'attribution-bench-'));
  try {
    const data = join(folder, 'large.csv');
    const model = join(folder, 'fcn.onnx');
    writeRows(data, CASES, () => STEPS);
    const [padded, settings] = [join(folder, 'padded.csv'), join(folder, 'attribution.json')];
    writeRows(padded, 6668, (one) => 500 + ((one * 7919) % 501));
    writeFileSync(settings, JSON.stringify({ classes: ['even', 'odd'] }));
    writeFileSync(
      model,
      writeOnnx(newNetwork('fcn', { features: FEATURES, steps: STEPS, classes: 2 }, 1, 8)),
    );
    const rows: (string | number)[][] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const raw = await measured(() => rawRead(data));
      const plain = await measured(() => plainRead(data));
      const cli = await commandLine(repository, ['explain', model, data, '--case', String(CASES - 1)]);
      const engine = await inEngine(join(repository, 'dist/engine.cjs'), model, data);
      rows.push([
        ...[raw.seconds, plain.seconds, plain.cpu, cli.seconds, cli.cpu, cli.seconds / plain.seconds],
        ...[engine.first.seconds, engine.later, engine.child, cli.peak],
      ]);
    }
    const middle = rows[0]!.map((_, column) => median(rows.map((row) => Number(row[column]))));
    const size = Math.round((await stat(data)).size / 1e6);
    const load = loadavg().map((one) => one.toFixed(1));
    printTable(
      `A CSV of ${size} MB, ${CASES * STEPS} rows of ${FEATURES} features; ${cpus().length} cores, load ${load.join(' ')}; the last line is the median`,
      [
        ...['read, s', 'split + parse, s', 'its CPU, s', 'explain last, s', 'its CPU, s', 'ratio'],
        ...['in the engine, s', 'another case, s', 'engine’s peak, MB', 'command’s peak, both, MB'],
      ],
      [...rows, middle],
    );
    const whole: (string | number)[][] = [];
    for (const words of [
      ['dataset', model, data],
      ['evaluate', model, data],
      ['audit', model, padded],
      ['train', 'fcn', data, '--filters', '8', '--epochs', '2', '--out', join(folder, 'trained.onnx')],
      ['repair', model, padded, '--epochs', '1', '--config', settings],
    ]) {
      const { seconds, cpu, peak } = await commandLine(repository, words);
      whole.push([words[0]!, seconds, cpu, peak]);
    }
    printTable('The whole file', ['command', 's', 'its CPU, s', 'peak, both, MB'], whole);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function writeRows(path: string, cases: number, stepsOf: (one: number) => number): void {
  const words = Array.from({ length: 8191 }, (_, i) =>
    (Math.sin(i * 0.37) * 3 + Math.cos(i * 1.7)).toFixed(5),
  );
  const file = openSync(path, 'w');
  const names = Array.from({ length: FEATURES }, (_, feature) => `f${feature}`);
  writeSync(file, `case,t,label,${names.join(',')}\n`);
  for (let one = 0; one < cases; one++) {
    let text = '';
    for (let step = 0; step < stepsOf(one); step++) {
      text += `${one},${step},${one % 2 ? 'odd' : 'even'}`;
      for (let feature = 0; feature < FEATURES; feature++)
        text += `,${words[(one * 911 + step * 7 + feature * 131) % words.length]}`;
      text += '\n';
    }
    writeSync(file, text);
  }
  closeSync(file);
}

async function rawRead(path: string): Promise<void> {
  for await (const _ of createReadStream(path, { highWaterMark: 1 << 20 }));
}

async function plainRead(path: string): Promise<void> {
  let rest = '';
  let sum = 0;
  for await (const chunk of createReadStream(path, { encoding: 'utf8', highWaterMark: 1 << 20 })) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop()!;
    for (const line of lines) {
      const cells = line.split(',');
      for (let cell = 3; cell < cells.length; cell++) sum += Number(cells[cell]);
    }
  }
  if (sum === 0) throw new Error('nothing was read');
}

async function measured(work: () => Promise<unknown>): Promise<Taken> {
  const cpu = process.cpuUsage();
  const start = performance.now();
  await work();
  const { user, system } = process.cpuUsage(cpu);
  return { seconds: (performance.now() - start) / 1000, cpu: (user + system) / 1e6 };
}

/** @returns `peak`: of the command and its engine together, MB, looked at every 50 ms */
async function commandLine(repository: string, words: string[]): Promise<Taken & { readonly peak: number }> {
  const start = performance.now();
  const child = spawn(process.execPath, [join(repository, 'dist/cli.cjs'), ...words], { stdio: 'ignore' });
  let peak = 0;
  let cpu = 0;
  const timer = setInterval(() => {
    const both = [child.pid!, ...childrenOf(child.pid!)].map(statusOf);
    peak = Math.max(
      peak,
      both.reduce((sum, one) => sum + one.resident, 0),
    );
    cpu = Math.max(
      cpu,
      both.reduce((sum, one) => sum + one.cpu, 0),
    );
  }, 50);
  const code = await new Promise((resolve) => child.on('exit', resolve));
  clearInterval(timer);
  if (code !== 0) throw new Error(`the command ended with ${code}`);
  return { seconds: (performance.now() - start) / 1000, cpu, peak };
}

async function inEngine(entry: string, model: string, data: string) {
  const client = new EngineClient({ entry, log: () => {} });
  await client.call('runtime', { prefer: 'auto' });
  const first = await measured(() => client.call('explain', { model, data, instance: CASES - 1 }));
  const later = await measured(() => client.call('explain', { model, data, instance: CASES / 2 }));
  const child = statusOf(client.pid!).most;
  client.dispose();
  return { first, later: later.seconds, child };
}

function childrenOf(pid: number): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

/** MB and CPU seconds, as Linux keeps them; 0 elsewhere. */
function statusOf(pid: number): { readonly resident: number; readonly most: number; readonly cpu: number } {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const field = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1] ?? 0) / 1024;
    const times = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
    return {
      resident: field('VmRSS'),
      most: field('VmHWM'),
      cpu: (Number(times[11]) + Number(times[12])) / 100,
    };
  } catch {
    return { resident: 0, most: 0, cpu: 0 };
  }
}
