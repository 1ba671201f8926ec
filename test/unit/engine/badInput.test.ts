import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EngineClient } from '../../../src/engine/client.ts';
import { Refusal } from '../../../src/refusal.ts';
import { bundled } from '../../workbench/bundled.ts';
import { folderFor, goodQuestion } from './badInput/ask.ts';
import { badChoices, badProjects } from './badInput/badChoices.ts';
import { badData } from './badInput/badData.ts';
import { badModels } from './badInput/badModels.ts';
import { warnedCases } from './badInput/warned.ts';

const badCases = [...badData, ...badProjects, ...badChoices, ...badModels];

describe('bad input: one sentence each, and the engine goes on', function () {
  this.timeout(60_000);
  const root = mkdtempSync(join(tmpdir(), 'attribution-bad-'));
  const log: string[] = [];
  const client = new EngineClient({
    entry: bundled('src/engine/main.ts'),
    log: (line) => log.push(line),
  });
  let pid: number | undefined;
  before(async () => {
    await client.call('explain', goodQuestion);
    pid = client.pid;
  });
  after(() => {
    client.dispose();
    rmSync(root, { recursive: true, force: true });
  });

  badCases.forEach(({ what, ask, sentence }, index) => {
    it(what, async () => {
      const asked = { ...goodQuestion, ...ask(folderFor(root, index)) };
      const error = await client.call('explain', asked, { timeoutMs: 30_000 }).then(
        ({ findings }) => assert.fail(`it was answered, with the findings ${JSON.stringify(findings)}`),
        (thrown) => thrown,
      );
      assert.ok(error instanceof Refusal, `a defect, not a refusal: ${error}\n${log.join('\n')}`);
      assert.match(error.message, sentence);
      assert.match(error.message, /^\S.*[.!]$/, 'one line that ends as a sentence does');
      assert.ok(error.message.length < 420, `too long: ${error.message}`);
      assert.doesNotMatch(error.message, /\bat \S+ \(|node:|Error:|undefined|\[object/);
      if (process.env.SHOW_SENTENCES) {
        console.log(`      ${error.code}: ${error.message}`);
      }
      const { prediction } = await client.call('explain', goodQuestion);
      assert.equal(prediction.classes[prediction.predicted], 'left');
      assert.equal(client.pid, pid, 'the same child still answers');
    });
  });

  warnedCases.forEach(({ what, ask, code }, index) => {
    it(`${what}: answered, and said`, async () => {
      const asked = { ...goodQuestion, ...ask(folderFor(root, badCases.length + index)) };
      const { findings } = await client.call('explain', asked);
      assert.ok(
        findings.some((finding) => finding.code === code && finding.severity === 'warning'),
        JSON.stringify(findings),
      );
    });
  });
});
