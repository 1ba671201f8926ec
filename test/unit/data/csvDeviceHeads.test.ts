import assert from 'node:assert/strict';
import { readText } from './reading.ts';

const rows = (columns: number, by = ',') =>
  Array.from({ length: 30 }, (_, row) =>
    [row / 10, ...Array.from({ length: columns - 1 }, (__, at) => Math.sin(row * (at + 1)).toFixed(4))].join(
      by,
    ),
  ).join('\n');

describe('CSV: heads that devices write', () => {
  it('units alone below numbers of channels, as oscilloscopes have them, are no names', async () => {
    const { features, time } = await readText(`x-axis,1,2\nsecond,Volt,Volt\n${rows(3)}\n`);
    assert.deepEqual([features.length, time?.name], [2, 'column 1']);
  });

  it('names that come again above units are told apart by the groups above them', async () => {
    const head = 'Trajectories\n100\n,A:LASI,,,A:RASI,,\nFrame,X,Y,Z,X,Y,Z\n,mm,mm,mm,mm,mm,mm\n';
    const { features, time } = await readText(`${head}${rows(7)}\n`);
    assert.equal(time?.name, 'Frame');
    assert.deepEqual(features, ['A:LASI X', 'A:LASI Y', 'A:LASI Z', 'A:RASI X', 'A:RASI Y', 'A:RASI Z']);
  });

  it('a name for comments that no row has leaves the others theirs', async () => {
    const head = 'Writer_Version\t2\n***End_of_Header***\nX_Value\tVoltage\tVoltage_0\tComment\n';
    const { features, time } = await readText(`${head}${rows(3, '\t')}\n`);
    assert.deepEqual([features, time?.name], [['Voltage', 'Voltage_0'], 'X_Value']);
  });
});
