import { type SpawnOptions, spawn } from 'node:child_process';

/**
 * Runs a program to its end and gives what it printed.
 * @throws Error with the output when it ends with another code than 0.
 */
export function run(command: string, args: readonly string[], options: SpawnOptions = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout?.on('data', (text) => {
      output += text;
    });
    child.stderr?.on('data', (text) => {
      output += text;
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(output);
      else reject(new Error(`${command} ${args.join(' ')} ended with code ${code}:\n${output}`));
    });
  });
}

/** npm in another folder than the one `npm test` was called in, with the person's own registry settings. */
export function npm(folder: string, ...args: string[]): Promise<string> {
  const cli = process.env.npm_execpath;
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error', '--ignore-scripts'];
  const [command, ...first] = cli?.endsWith('.js') ? [process.execPath, cli] : ['npm'];
  return run(command!, [...first, ...args, ...quiet], { cwd: folder, env: outsideNpm() });
}

/** Without what `npm run` adds to tell its scripts about the package it runs them for. */
function outsideNpm(): NodeJS.ProcessEnv {
  const added = /^npm_(package_|lifecycle_|command$|config_local_prefix$|config_prefix$)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !added.test(name)));
}
