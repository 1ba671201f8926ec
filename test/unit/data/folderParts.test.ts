import assert from 'node:assert/strict';
import type { DataOptions } from '../../../src/data/dataOptions.ts';
import { readDataset } from '../../../src/data/readDataset.ts';
import { inFolder } from './inFolder.ts';
import { refusalOf, rowsOf } from './reading.ts';

const value = (row: number) => Math.round(1000 * Math.sin(row)) / 1000;

describe('files that are parts of one table, or that a table gives classes', () => {
  const { path, put } = inFolder();
  const read = (options: DataOptions = {}) => readDataset({ path: path() }, options);
  const message = async (options: DataOptions = {}) => (await refusalOf(read(options))).message;

  /** 4 cases of 10 steps, cut after every 15 rows. */
  const caseRows = Array.from({ length: 40 }, (_, at) => {
    const one = Math.floor(at / 10);
    return `${one},${at % 10},${one % 2 ? 'run' : 'walk'},${value(at)},${value(3 * at)}`;
  });
  const casesFrom = (from: number, to: number) =>
    `case,t,label,x,y\n${caseRows.slice(from, to).join('\n')}\n`;

  it('are asked about where a case crosses from one to the next, and joined where that is said', async () => {
    put({
      'part-9.csv': casesFrom(0, 15),
      'part-10.csv': casesFrom(15, 34),
      'part-11.csv': casesFrom(34, 40),
    });
    assert.match(
      await message(),
      /parts of one table: case 1 ends part-9\.csv and begins part-10\.csv.*"filesAre": "parts"/,
    );
    const { instances, plan } = await read({ filesAre: 'parts' });
    assert.deepEqual(
      instances.map(({ id, label, length }) => [id, label, length]),
      [0, 1, 2, 3].map((id) => [String(id), id % 2 ? 'run' : 'walk', 10]),
    );
    for (const [one, instance] of instances.entries()) {
      const steps = Array.from({ length: 10 }, (_, step) => 10 * one + step);
      assert.deepEqual(rowsOf(instance), [steps.map(value), steps.map((at) => value(3 * at))]);
      assert.deepEqual(
        [...instance.times!],
        steps.map((at) => at % 10),
      );
    }
    assert.deepEqual([plan?.instances, plan?.steps], [4, [10, 10]]);
    assert.equal((await read({ filesAre: 'instances' })).instances.length, 6);
  });

  it('are no parts where cases only have the same numbers', async () => {
    put({ 'a.csv': casesFrom(0, 40), 'b.csv': casesFrom(0, 40) });
    assert.equal((await read()).instances.length, 8);
  });

  it('are asked about where the time of one recording goes on, not where classes differ', async () => {
    const recording = (from: number, to: number) =>
      `t,x\n${Array.from({ length: to - from }, (_, at) => `${((from + at) / 50).toFixed(2)},${value(from + at)}`).join('\n')}\n`;
    put({ 'log1.csv': recording(0, 30), 'log2.csv': recording(30, 55), 'log3.csv': recording(55, 90) });
    assert.match(await message(), /the times of log2\.csv go on where those of log1\.csv end/);
    const { instances } = await read({ filesAre: 'parts' });
    assert.deepEqual(
      instances.map((one) => rowsOf(one)[0]),
      [Array.from({ length: 90 }, (_, at) => value(at))],
    );
    put({ 'log3.csv': recording(10, 40) });
    assert.equal((await read()).instances.length, 3);
    assert.match(
      await message({ filesAre: 'parts' }),
      /log3\.csv does not go on where log2\.csv ends \(its times start again\)/,
    );
  });

  it('are refused where the table of classes names one twice, or none', async () => {
    for (const name of ['a', 'b', 'c', 'd'])
      put({ [`${name}.csv`]: `t,x\n0,${name.charCodeAt(0)}\n1,2\n2,5.5\n` });
    put({ 'labels.csv': 'file,label\na.csv,walk\nb.csv,run\nc.csv,run\nd.csv,walk\nb.csv,walk\n' });
    assert.match(await message(), /labels\.csv names b\.csv twice, with the classes run and walk/);
    const { instances } = await read({ label: null });
    assert.deepEqual(
      instances.map(({ id, label }) => [id, label]),
      ['a', 'b', 'c', 'd'].map((name) => [`${name}.csv`, undefined]),
    );
    put({ 'labels.csv': 'walk\nrun\nrun\nwalk\n' });
    assert.match(await message(), /labels\.csv has as many lines as there are other files/);
    put({ 'labels.csv': 'id,label\n0,walk\n1,run\n2,run\n3,walk\n' });
    assert.match(await message(), /its column id \(0, …\) holds none of their names/);
    assert.equal((await read({ label: null })).instances.length, 4);
  });

  it('have the value as the class where Hive names the folders', async () => {
    for (const [at, name] of ['activity=walk', 'activity=run'].entries())
      for (const file of ['part-0', 'part-1']) put({ [`${name}/${file}.csv`]: `t,x\n0,${at}\n1,2\n2,5.5\n` });
    assert.deepEqual(
      (await read()).instances.map(({ label }) => label),
      ['run', 'run', 'walk', 'walk'],
    );
  });
});
