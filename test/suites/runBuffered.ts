import { spawn } from 'node:child_process';

interface Options {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** In ms; then the process is killed. */
  readonly limit: number;
}

/** Runs a Node process and prints what it said once it is through: others run beside it. Its exit code is not looked at. */
export async function runBuffered(name: string, args: readonly string[], options: Options): Promise<void> {
  const { limit, ...where } = options;
  const started = Date.now();
  const said: Buffer[] = [];
  await new Promise<void>((resolve, reject) => {
    const child = spawn(process.execPath, args, { ...where, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (text: Buffer) => void said.push(text));
    const watchdog = setTimeout(() => {
      said.push(Buffer.from(`${name}: not through after ${limit / 1000} s, killed.\n`));
      child.kill('SIGTERM');
      setTimeout(() => child.kill('SIGKILL'), 5000).unref();
    }, limit);
    child.on('error', reject);
    child.on('close', () => {
      clearTimeout(watchdog);
      resolve();
    });
  });
  const seconds = Math.round((Date.now() - started) / 1000);
  process.stdout.write(`\n── ${name}, ${seconds} s\n${Buffer.concat(said)}`);
}
