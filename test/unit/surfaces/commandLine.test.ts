import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { repairCommand } from '../../../src/padding/repairCommand.ts';
import { commandLine } from '../../../src/surfaces/commandLine.ts';

const HOSTILE = [
  'plain.csv',
  'a b',
  "it's",
  '$(id)',
  '`id`',
  'a;b',
  '~root',
  '*',
  'a"b',
  '\\',
  '=ls',
  '',
  '#x',
  'é',
];

describe('a command line to paste', () => {
  it('is read by a shell as the words it was made of', function () {
    if (process.platform === 'win32') this.skip();
    const line = commandLine(['printf', '%s\\0', ...HOSTILE], 'posix');
    const read = execFileSync('/bin/sh', ['-c', line!], { encoding: 'utf8' }).split('\0');
    assert.deepEqual(read.slice(0, -1), HOSTILE);
  });

  it('is not offered where a word cannot be pasted', () => {
    for (const word of ['a\nb', 'a\u202eb', '\u001b[2J']) assert.equal(commandLine([word], 'posix'), null);
    for (const word of ['a"b', '%PATH%', '$x', 'a&b']) assert.equal(commandLine([word], 'windows'), null);
    assert.equal(commandLine(['C:\\my data\\x.csv', 'y.csv'], 'windows'), '"C:\\my data\\x.csv" y.csv');
  });

  it('tries a piece of advice, and nothing where there is nothing to try', () => {
    const files = { model: '-m.onnx', data: 'my data.csv', options: ['--mask', 'trailing'] };
    assert.equal(
      repairCommand({ tryIt: 'head' }, files),
      "attribution-lens repair ./-m.onnx 'my data.csv' --mask trailing",
    );
    assert.equal(
      repairCommand({ tryIt: 'head' }, { model: 'C:\\my models\\m.onnx', data: 'C:\\d.csv' }),
      'attribution-lens repair "C:\\my models\\m.onnx" C:\\d.csv',
    );
    assert.match(
      repairCommand({ tryIt: 'head', maskInput: true }, files)!,
      /repair \.\/-m\.onnx 'my data\.csv' --mask trailing --mask-input$/,
    );
    assert.equal(repairCommand({ tryIt: null }, files), null);
  });
});
