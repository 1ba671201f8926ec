import type { ChildProcess } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import type { DataSource } from '../../data/dataOptions.ts';
import { readSmall } from '../../files/readSmall.ts';
import type { ReportProgress } from '../../progress.ts';
import { Refusal } from '../../refusal.ts';
import { NO_TELEMETRY } from '../../runtime/noTelemetry.ts';
import { type NodeRunnerMessage, nodeRunner, type ScriptInstance } from './nodeRunner.ts';
import { packInstances } from './packInstances.ts';
import { scriptFolder } from './scriptFolder.ts';
import { type Ended, runProcess, type ScriptCommand, type Watch } from './scriptProcess.ts';
import type { ScriptRun } from './scriptRun.ts';
import { sourceError } from './sourceError.ts';

/** What a script is given, beside the data, and who is told. */
export interface ScriptWork extends Pick<Watch, 'signal' | 'group'> {
  readonly report?: ReportProgress;
  /** Lines the script writes. */
  readonly log: (line: string) => void;
  /** The data file as instances, for a module that exports `preprocess`. */
  readonly instances: () => Promise<readonly ScriptInstance[]>;
}

const largestOutput = 2 ** 30;

/**
 * Runs a linked script, `<interpreter> SCRIPT IN OUT.npz`, in the script's folder, and gives the bytes of OUT.
 * @throws Refusal, with the line of the script where one is at fault: `script-kind`,
 *   `script-interpreter`, `script-timeout`, `script-failed`, `script-no-output`, `script-result`; the signal's reason
 */
export async function runScript(run: ScriptRun, data: DataSource, work: ScriptWork): Promise<Uint8Array> {
  const name = basename(run.script);
  const start = starter(run);
  const folder = await scriptFolder();
  const began = Date.now();
  const sign = () => work.report?.(0, `Running ${name}${elapsed(began)}`);
  sign();
  const signs = setInterval(sign, 1000);
  try {
    const input = data.content === undefined ? data.path : join(folder, basename(data.path));
    if (data.content !== undefined) await writeFile(input, data.content);
    const output = join(folder, 'out.npz');
    const exported = new Exported(work.instances);
    const ended = await runProcess(start(input, output, exported.receive), {
      ...{ timeoutMs: run.timeoutMs, group: work.group },
      signal: exported.endedBy(work.signal),
      log: (line) => work.log(`${name}: ${line}`),
    });
    refuseFailure(ended, run, name);
    return exported.result === undefined
      ? await readOutput(output, run.script, name)
      : packInstances(exported.result.value, name);
  } catch (error) {
    throw error instanceof Refusal ? withPlace(error, run.script) : error;
  } finally {
    clearInterval(signs);
    await rm(folder, { recursive: true, force: true, maxRetries: 3 }).catch(() => {});
  }
}

/** Whatever a script is to blame for and names no line stands at its first one. */
export function withPlace(refusal: Refusal, script: string): Refusal {
  const { code, message, place } = refusal;
  return place || !code.startsWith('script-') || code === 'script-interpreter'
    ? refusal
    : new Refusal(code, message, { file: script, line: 1, message });
}

/** The other half of nodeRunner: gives the instances, keeps the result. */
class Exported {
  readonly #failed = new AbortController();
  result: { readonly value: unknown } | undefined;

  constructor(private readonly instances: ScriptWork['instances']) {}

  readonly receive = (message: unknown, child: ChildProcess): void => {
    const told = message as NodeRunnerMessage;
    if (told?.kind === 'result') {
      this.result = { value: told.result };
    } else if (told?.kind === 'instances') {
      this.instances().then(
        (instances) => child.connected && child.send([...instances], () => {}),
        (reason) => this.#failed.abort(reason),
      );
    }
  };

  /** The run also ends when the data file cannot be read. */
  endedBy(signal: AbortSignal | undefined): AbortSignal {
    return signal ? AbortSignal.any([signal, this.#failed.signal]) : this.#failed.signal;
  }
}

type Start = (input: string, output: string, onMessage: ScriptCommand['onMessage']) => ScriptCommand;

function starter({ script, interpreter }: ScriptRun): Start {
  const cwd = dirname(script);
  const {
    ELECTRON_RUN_AS_NODE: _,
    NODE_OPTIONS: __,
    MALLOC_MMAP_THRESHOLD_: ___,
    ...inherited
  } = process.env;
  const env = { ...inherited, ...NO_TELEMETRY };
  const ending = extname(script).toLowerCase();
  if (ending === '.py') {
    const python = { ...env, PYTHONUNBUFFERED: '1', PYTHONIOENCODING: 'utf-8' };
    return (input, output) => ({ program: interpreter, args: [script, input, output], cwd, env: python });
  }
  if (/^\.[cm]?ts$/.test(ending) && !stripsTypes()) {
    throw new Refusal(
      'script-kind',
      `${basename(script)} is TypeScript, which the Node at hand (${process.version}) does not run; link a .js, .mjs or .py script (TypeScript needs Node 22.18).`,
    );
  }
  if (!/^\.[cm]?[jt]s$/.test(ending)) {
    throw new Refusal(
      'script-kind',
      `${basename(script)} is no script that can be run; use .py, .js, .mjs, .cjs or .ts.`,
    );
  }
  return (input, output, onMessage) => ({
    program: process.execPath,
    args: ['--input-type=module', '--eval', nodeRunner, '--', script, input, output],
    cwd,
    env: { ...env, ELECTRON_RUN_AS_NODE: '1' },
    onMessage,
  });
}

function stripsTypes(): boolean {
  return 'typescript' in process.features && Boolean(process.features.typescript);
}

function refuseFailure(ended: Ended, { script, interpreter, timeoutMs }: ScriptRun, name: string): void {
  if (ended.how === 'not-started') {
    throw new Refusal(
      'script-interpreter',
      `${name} cannot be run: ${interpreter} ${ended.code === 'ENOENT' ? 'is not there' : `does not start (${ended.code})`}; choose a Python interpreter or set "attribution.python".`,
    );
  }
  if (ended.how === 'timeout') {
    throw new Refusal(
      'script-timeout',
      `${name} was stopped because it took longer than ${timeoutMs / 1000} s; "attribution.script.timeout" sets the limit.`,
    );
  }
  if (ended.how === 'exit' && ended.code === 0) return;
  const place = sourceError(ended.stderr, script);
  if (place) {
    throw new Refusal(
      'script-failed',
      sentence(`${basename(place.file)}, line ${place.line}: ${place.message}`),
      place,
    );
  }
  const how = ended.how === 'exit' ? `exit code ${ended.code}` : `signal ${ended.signal}`;
  const last = ended.stderr
    .trim()
    .split(/\r\n|\n|\r/)
    .at(-1)
    ?.slice(0, 300);
  throw new Refusal('script-failed', sentence(`${name} ended with ${how}${last ? `: ${last}` : ''}`));
}

function sentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}

async function readOutput(output: string, script: string, name: string): Promise<Uint8Array> {
  try {
    return await readSmall(output, largestOutput);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.code === 'file-too-large') {
      throw new Refusal('script-no-output', `${name} wrote more than 1 GB, which is not read.`);
    }
    const what = /\.py$/i.test(script) ? '' : ' (nor does it export a function preprocess)';
    throw new Refusal(
      'script-no-output',
      `${name} ended without writing the .npz file its second argument names${what}.`,
    );
  }
}

function elapsed(began: number): string {
  const seconds = Math.round((Date.now() - began) / 1000);
  return seconds === 0 ? '' : ` (${seconds} s)`;
}
