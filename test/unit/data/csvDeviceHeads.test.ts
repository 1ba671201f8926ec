import assert from 'node:assert/strict';
import { readText, refusalOf } from './reading.ts';

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

  it('lines of a key each, as LabChart has them, give the titles of the channels and no others', async () => {
    const head =
      'Interval=\t0.1 s\nExcelDateTime=\t4.2e+04\t2/2/2015\nDateFormat=\t\nChannelTitle=\tECG\tResp\nRange=\t10 V\t5 V\nTopValue=\t10\t5\n';
    const { features, time, instances } = await readText(`${head}${rows(3, '\t')}\n`);
    assert.deepEqual([features, time?.name, instances[0]!.length], [['ECG', 'Resp'], 'Time', 30]);
    const untitled = await readText(`Interval=\t0.1 s\nRange=\t10 V\t5 V\n${rows(3, '\t')}\n`);
    assert.deepEqual(untitled.features, ['column 2', 'column 3']);
  });

  it('cells that have their index before them are refused by what writes them', async () => {
    const cells = (row: number) => [1, 2, 3, 4].map((at) => `${at}:${Math.sin(row * at).toFixed(3)}`);
    const file = (by: string) =>
      Array.from({ length: 20 }, (_, row) => [(row % 2) + 1, ...cells(row)].join(by));
    const spaced = await refusalOf(readText(file(' ').join('\n'), {}, 'a.txt'));
    assert.equal(spaced.code, 'indexed-cells');
    assert.match(spaced.message, /\(1:0\.000 2:0\.000\), as LIBSVM .*load_svmlight_file\('a\.txt'\)/);
    assert.equal((await refusalOf(readText(file(',').join('\n')))).code, 'indexed-cells');
    // Clocks are none: they do not grow along the row.
    const clock = Array.from(
      { length: 20 },
      (_, row) => `${row},1:${row + 10},1:${row + 11},1:${row + 12},0.5`,
    );
    const { features } = await readText(`n,a,b,c,x\n${clock.join('\n')}\n`);
    assert.deepEqual(features, ['x']);
  });
});
