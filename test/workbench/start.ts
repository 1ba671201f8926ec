import { randomBytes } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { scratchFolder } from './folders.ts';
import { installVSCode } from './installVSCode.ts';
import { nativeTarget } from './nativeTarget.ts';
import { openInBrowser } from './openInBrowser.ts';
import { packageExtension } from './package.ts';
import { run } from './run.ts';
import { copySample } from './sample.ts';
import { startServer } from './server.ts';

/**
 * `npm start` shows the packaged extension on a copy of the sample workspace: in a VS Code from npm, opened in the
 * browser, or with `--code` in the VS Code that is installed.
 */
const { values: options } = parseArgs({
  options: {
    code: { type: 'boolean', default: false },
    port: { type: 'string', default: '0' },
    'no-browser': { type: 'boolean', default: false },
  },
});

if (options.code) await startInstalledCode();
else await startInBrowser();

async function startInBrowser(): Promise<void> {
  const vscode = await installVSCode('1.139');
  await using scratch = await scratchFolder('start');
  const vsix = await packageExtension(nativeTarget(), scratch.path);
  const sample = await copySample(scratch.path);
  const token = randomBytes(16).toString('hex');
  const stopped = stopRequest();
  await using server = await startServer({
    vscode,
    home: join(scratch.path, 'home'),
    extensions: [vsix],
    settings: { 'security.workspace.trust.enabled': false, 'workbench.startupEditor': 'readme' },
    port: Number(options.port),
    token,
    isTest: false,
  });
  const url = `${server.url}/?${new URLSearchParams({ tkn: token, folder: sample })}`;
  console.log(`\nVS Code with Attribution Lens and the sample workspace is at\n\n  ${url}\n`);
  console.log(
    'Right-click a CSV in the explorer and choose "Explain with Attribution Lens". Ctrl+C stops all.',
  );
  if (!options['no-browser']) await openInBrowser(url);
  await stopped;
  console.log('Stopping …');
}

async function startInstalledCode(): Promise<void> {
  await using scratch = await scratchFolder('start');
  const vsix = await packageExtension(nativeTarget(), scratch.path);
  // Not in the scratch folder: VS Code goes on after this process has ended.
  const sample = await copySample(await mkdtemp(join(tmpdir(), 'attribution-lens-')));
  try {
    await run('code', ['--install-extension', vsix, '--force'], { shell: process.platform === 'win32' });
    await run('code', [sample], { shell: process.platform === 'win32' });
  } catch (error) {
    console.error(
      `The command "code" did not work; VS Code can add it to the PATH.\n${(error as Error).message}`,
    );
    process.exitCode = 1;
    return;
  }
  console.log(`Installed in VS Code; the sample workspace is ${sample}.`);
}

/** A terminal sends Ctrl+C to the whole group and the bootstrap passes it on: a second one must not cut us off. */
function stopRequest(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => resolve());
  });
}
