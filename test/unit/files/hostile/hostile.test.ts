import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '../../../../src/cli/main.ts';
import { childEngine } from '../../../../src/engine/childEngine.ts';
import { watchProcess } from '../../../fuzz/used.ts';
import { faultOf } from '../../../fuzz/worker.ts';
import { bundled } from '../../../workbench/bundled.ts';
import { captured } from '../../cli/captured.ts';
import { isPosix } from '../posix.ts';
import { CASES, type HostileCase, ON_POSIX } from './cases.ts';
import { kept, MADE, MADE_ON_POSIX, make } from './make.ts';

describe('hostile files on the command line', function () {
  this.timeout(60_000);
  let folder: string;
  const engine = childEngine({ entry: bundled('src/engine/main.ts') });
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'attribution-hostile-'));
  });
  after(async () => {
    await engine.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  for (const { words, exit, says } of CASES) check(words, exit, says);
  for (const { words, exit, says } of ON_POSIX) if (isPosix) check(words, exit, says);

  function check(words: HostileCase['words'], exit: number, says: RegExp): void {
    const title = words
      .join(' ')
      .replace(/\0/g, '\\0')
      .replace(/a{40,}/, 'aaa…');
    it(title, async () => {
      const paths = words.map(placed);
      const used = watchProcess(childOf(process.pid));
      const { code, stdout, stderr } = await captured(() => main(paths, engine));
      const took = used();
      assert.equal(code, exit, stderr);
      assert.match(exit === 0 ? stdout : stderr, says);
      assert.equal(faultOf(stderr.trim(), took), undefined);
      assert.ok(exit === 0 || /^attribution-lens: [^\n]+\n$/.test(stderr), stderr);
    });
  }

  function placed(word: string): string {
    const [, name] = /^made\/(.*)$/.exec(word) ?? [];
    if (name !== undefined) {
      const made = [...Object.keys(MADE), ...Object.keys(MADE_ON_POSIX)].find(
        (one) => one === name || one.replace('attribution.json', 'plain.csv') === name,
      );
      if (made !== undefined) make(made, folder);
      return join(folder, name);
    }
    return word === 'made' ? folder : /\.\w+$/.test(word) ? kept(word) : word;
  }
});

/** The engine's child, once it runs. */
function childOf(pid: number): number | undefined {
  try {
    const [child] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').slice(-1);
    return child ? Number(child) : undefined;
  } catch {
    return undefined;
  }
}
