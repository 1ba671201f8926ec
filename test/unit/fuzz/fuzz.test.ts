import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Dice } from '../../fuzz/dice.ts';
import { fuzz } from '../../fuzz/fuzz.ts';
import { KINDS } from '../../fuzz/kinds.ts';
import { faultOf, Worker } from '../../fuzz/worker.ts';

const MUTANTS = 3009;

describe('Spoilt files', function () {
  this.timeout(240_000);
  let folder: string;
  let worker: Worker;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'attribution-fuzz-test-'));
    worker = new Worker(folder);
  });
  after(() => {
    worker.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  it(`${MUTANTS} of ${KINDS.length} kinds are answered or refused in one sentence, in time and memory`, async () => {
    const { outcomes } = await fuzz({ seed: 8, mutants: MUTANTS });
    const faults = outcomes.filter(({ fault }) => fault !== undefined);
    assert.deepEqual(faults, []);
    assert.equal(outcomes.length, MUTANTS);
    const answered = outcomes.filter(({ how }) => how === 'answered').length;
    assert.ok(answered > 0.1 * MUTANTS && answered < 0.7 * MUTANTS, `${answered} were answered`);
  });

  it('come of files that are sound, of some of each kind', async () => {
    for (const kind of KINDS) {
      const how: string[] = [];
      for (let sound = 0; sound < Math.min(8, kind.sound()); sound++) {
        const there = mkdtempSync(join(folder, 'sound-'));
        const outcome = await worker.ask(kind.make(there, new Dice(1), sound));
        assert.equal(outcome.fault, undefined, kind.name);
        how.push(outcome.how === 'answered' ? 'answered' : outcome.sentence);
      }
      const answered = how.filter((each) => each === 'answered').length;
      assert.ok(answered >= 0.8 * how.length, `${kind.name}: ${how.join(' | ')}`);
    }
  });

  it('are the same for the same seed, others for another', () => {
    for (const kind of KINDS) {
      const made = [7, 7, 8].map((seed, i) => {
        const there = mkdtempSync(join(folder, 'same-'));
        const asked = JSON.stringify(kind.make(there, new Dice(seed))).replaceAll(there, '');
        const files = readdirSync(there).map((file) => readFileSync(join(there, file)).toString('base64'));
        return { i, all: [asked, ...files].join(' ') };
      });
      assert.equal(made[0]!.all, made[1]!.all, kind.name);
      assert.notEqual(made[0]!.all, made[2]!.all, kind.name);
    }
  });

  it('are judged by what a person is told, and what it took', () => {
    const [little, much] = [
      { seconds: 0.1, megabytes: 100 },
      { seconds: 0.1, megabytes: 1001 },
    ];
    const good = 'a.csv has no column "b"; its columns are c, d.';
    assert.equal(faultOf(good, little), undefined);
    assert.match(faultOf(good, { seconds: 5.1, megabytes: 1 })!, /5\.1 s/);
    assert.match(faultOf('', much)!, /1001 MB/);
    assert.match(faultOf("Cannot read properties of undefined (reading 'x').", little)!, /our own/);
    assert.match(faultOf(`It fails.\n    at parse (file.ts:1:1)`, little)!, /sentence|our own/);
    assert.match(faultOf('unexpected token', little)!, /no sentence/);
    assert.match(faultOf(`${'long '.repeat(1000)}.`, little)!, /5001 characters/);
  });
});
