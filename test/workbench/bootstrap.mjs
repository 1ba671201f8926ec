import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

// Runs on a fresh clone with nothing installed, so: plain JavaScript, and Node's own modules only.
const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const programs = { start: 'test/workbench/start.ts', test: 'test/suites/main.ts' };
const [name, ...args] = process.argv.slice(2);

if (Number(process.versions.node.split('.')[0]) < 20) {
  console.error(`Node 20 or newer is needed, this is ${process.version}.`);
  process.exit(1);
}
if (!isInstalled()) {
  console.log('Installing the npm packages of package-lock.json …');
  const [command, ...first] = process.env.npm_execpath?.endsWith('.js')
    ? [process.execPath, process.env.npm_execpath]
    : ['npm'];
  await run(command, [...first, 'ci']);
}
await run(process.execPath, ['--import', 'tsx', programs[name], ...args]);

/** Whether node_modules holds what the lock file asks for; packages for other platforms may be missing. */
function isInstalled() {
  const installed = packages('node_modules/.package-lock.json');
  return Object.entries(packages('package-lock.json')).every(
    ([path, wanted]) => path === '' || wanted.optional || installed[path]?.version === wanted.version,
  );
}

function packages(lockFile) {
  const path = join(root, lockFile);
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).packages : {};
}

/** Ends this process with the child's code when that is not 0. Ctrl+C reaches the child by itself. */
function run(command, commandArgs) {
  return new Promise((resolve) => {
    const child = spawn(command, commandArgs, { cwd: root, stdio: 'inherit' });
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
    child.on('close', (code, signal) => {
      if (code === 0) resolve();
      else process.exit(code ?? (signal === 'SIGINT' ? 130 : 1));
    });
  });
}
