import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { bundled } from '../../workbench/bundled.ts';

interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  /** What it wrote to standard error. */
  readonly err: string;
  /** To standard output. */
  readonly out: string;
}

interface Started {
  readonly child: ChildProcessWithoutNullStreams;
  readonly ended: Promise<Ended>;
}

/** The real command line in a process of its own, which can be killed. */
export function startCli(...words: string[]): Started {
  return startCliWith({}, ...words);
}

/** The same with more in its environment. */
export function startCliWith(env: Readonly<Record<string, string>>, ...words: string[]): Started {
  const child = spawn(process.execPath, [bundled('src/cli.ts'), ...words], {
    env: { ...process.env, ...env },
  });
  let [err, out] = ['', ''];
  child.stderr.on('data', (text) => {
    err += text;
  });
  child.stdout.on('data', (text) => {
    out += text;
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, err, out }));
  });
  return { child, ended };
}
