import assert from 'node:assert/strict';
import type { DataOptions } from '../../../src/data/dataOptions.ts';
import { readText, refusalOf } from '../data/reading.ts';

const SENSORS = ['HR', 'BP', 'Temp'];
const LEVELS = [80, 120, 36];
const model = (features: number): DataOptions => ({ input: { layout: 'NFT', features, steps: null } });
const wave = (at: number): number => Math.sin(at * 1.3) * 2 + Math.sin(at * 0.21);
/** Each row at a time of its own. */
const table = (head: string, wordOf: (at: number) => string, numberOf: (at: number) => number): string => {
  const rows = Array.from({ length: 90 }, (_, at) =>
    [(at * 1.7 + (at % 4) * 0.3).toFixed(1), wordOf(at), numberOf(at).toFixed(2)].join(),
  );
  return `${head}\n${rows.join('\n')}\n`;
};
const sensor = (at: number): number => (at * 7 + (at >> 2)) % 3;

describe('reading: rows of what several sensors measured, each at times of its own', () => {
  it('are asked about where their numbers lie apart, whatever the columns are called and the model takes', async () => {
    const text = (head: string) =>
      table(
        head,
        (at) => SENSORS[sensor(at)]!,
        (at) => LEVELS[sensor(at)]! + wave(at),
      );
    for (const head of ['time,sensor,value', 'time,what,size', 'Time,Tag,Value']) {
      for (const options of [{}, model(1), model(3)]) {
        const { code, message } = await refusalOf(readText(text(head), options));
        assert.equal(code, 'ask-melted', head);
        assert.match(message, /pivot_table/);
      }
      const one = await readText(text(head), { features: [head.split(',')[2]!] });
      assert.equal(one.instances[0]!.length, 90);
    }
  });

  it('of one range are asked about by their names', async () => {
    const text = table('time,sensor,value', (at) => SENSORS[sensor(at)]!, wave);
    assert.equal((await refusalOf(readText(text))).code, 'ask-melted');
  });

  it('are none where the words are states that last, or have nothing to do with the numbers', async () => {
    const states = table(
      'time,state,power',
      (at) => (at % 30 < 15 ? 'on' : 'off'),
      (at) => (at % 30 < 15 ? 90 : 5) + wave(at),
    );
    const { instances } = await readText(states, { layout: 'single' });
    assert.equal(instances[0]!.length, 90);
    const notes = table('time,quality,power', (at) => ['good', 'fair'][((at * at) % 7) & 1]!, wave);
    assert.equal((await readText(notes, { layout: 'single' })).features.join(), 'power');
  });

  it('under "Parameter" and "Value" are refused as melted also where one instance has some times twice', async () => {
    const rows = [
      '00:00,Age,54',
      '00:00,Height,170',
      '00:07,HR,71',
      '00:07,Temp,36.1',
      '00:37,HR,73',
      '01:07,GCS,15',
    ];
    assert.equal((await refusalOf(readText(`Time,Parameter,Value\n${rows.join('\n')}\n`))).code, 'melted');
  });

  it('are asked about where the rows of a sensor stand under those of another at the same times, without a model', async () => {
    const block = (name: string, of: number) =>
      Array.from({ length: 40 }, (_, at) => `${at},${name},${(LEVELS[of]! + wave(at + of)).toFixed(2)}`);
    const text = (head: string) => `${head}\n${SENSORS.flatMap(block).join('\n')}\n`;
    const asked = await refusalOf(readText(text('time,sensor,value')));
    assert.equal(asked.code, 'ask-melted');
    const each = await readText(text('time,sensor,value'), { case: 'sensor' });
    assert.deepEqual(
      each.instances.map(({ id, length }) => [id, length]),
      SENSORS.map((name) => [name, 40]),
    );
    // Patients and files are instances.
    assert.equal((await readText(text('time,patient,value'))).instances.length, 3);
    assert.equal((await refusalOf(readText(text('time,sensor,value'), model(3)))).code, 'melted');
  });
});
