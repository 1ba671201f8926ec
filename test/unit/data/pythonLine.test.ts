import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { conversionOf } from '../../../src/data/otherFormats.ts';
import { pythonText } from '../../../src/data/pythonLine.ts';
import { readText, refusalOf } from './reading.ts';

const LINE = /python3? -c "([^"]*)"/;

/** What a shell gives to a program that is called with these words. */
function words(line: string): string[] {
  const script = `for word in ${line}; do printf '%s\\0' "$word"; done`;
  return execFileSync('/bin/sh', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1);
}

describe('commands in refusals', () => {
  it('reach Python as they stand, whatever the file is called', function () {
    if (process.platform === 'win32') this.skip();
    const name = 'my "data" $HOME `id` it\'s 100%\\n!.json';
    const said = conversionOf('.json', name)!;
    const [program, flag, code] = words(LINE.exec(said)![0]);
    assert.deepEqual([program, flag], ['python3', '-c']);
    // Python reads the escapes as JSON does, but for two digits.
    const literal = /read_json\('(.*?)'\)/.exec(code!)![1]!.replace(/\\x/g, '\\u00');
    assert.equal(JSON.parse(`"${literal}"`), name);
    assert.ok(!/["`$]/.test(code!));
  });

  it('name a file of every kind, and no placeholder', () => {
    for (const ending of ['.feather', '.xlsx', '.json', '.jsonl', '.pkl', '.mat', '.h5', '.pt']) {
      const said = conversionOf(ending, `a${ending}`)!;
      assert.match(said, LINE);
      assert.ok(said.includes(`('a${ending}'`) && !said.includes('FILE'), said);
    }
    assert.match(conversionOf('.ods', 'a.ods')!, /^save it as CSV/);
  });

  it('change a table with its own delimiter and decimal sign, and are left out where it begins further below', async () => {
    const rows = Array.from(
      { length: 24 },
      (_, at) => `${at % 4 < 2 ? 'a' : 'b'};${at >> 2};${'xy'[at % 2]};${at},5`,
    );
    const text = `id;time;kind;value\n${rows.join('\n')}\n`;
    const { message } = await refusalOf(readText(text));
    assert.match(
      message,
      /read_csv\('data\.csv', sep=';', decimal=','\); df = df\.pivot\(index=\['id', 'time'\], columns='kind', values='value'\)/,
    );
    const below = await refusalOf(readText(`# device 7\n${text}`));
    assert.ok(!below.message.includes('read_csv'), below.message);
  });

  it('escape what a shell or Python reads', () => {
    assert.equal(pythonText(`a'b"$(x)\u{1F600}`), "'a\\x27b\\x22\\x24(x)\\U0001f600'");
  });
});
