import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { COMMANDS } from '../../../src/cli/commands.ts';
import { helpOf, helpOfOne } from '../../../src/cli/help.ts';
import { main } from '../../../src/cli/main.ts';
import { WIDTH } from '../../../src/cli/wrapped.ts';
import { createEngine } from '../../../src/engine/service.ts';
import { captured } from './captured.ts';

const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
const hasBash = spawnSync('bash', ['-c', 'complete -p >/dev/null; true']).status === 0;

describe('The table of commands', () => {
  it('is the list in the README, row by row', () => {
    const rows = COMMANDS.map(
      ({ name, files, summary }) =>
        `| \`${[name, ...files].join(' ')}\` | ${summary.replaceAll('|', '\\|')}. |`,
    );
    const table = `| command | what it does |\n|---|---|\n${rows.join('\n')}\n`;
    assert.ok(readme.includes(`\n${table}\n`), `The README's list of commands is to be:\n\n${table}`);
  });

  it('is the help: every command, every option with its words, in lines that fit', () => {
    const help = helpOf(COMMANDS);
    for (const one of COMMANDS) {
      const own = helpOfOne(one);
      assert.ok(help.includes(`attribution-lens ${[one.name, ...one.files].join(' ')}\n`), one.name);
      for (const [name, { takes, help: words }] of Object.entries(one.options)) {
        const head = `  --${name}${takes === null ? '' : ` ${takes}`}`;
        for (const text of [help, own]) assert.ok(text.includes(head), `${one.name} ${head}`);
        assert.ok(own.replace(/\s+/g, ' ').includes(words.replace(/\s+/g, ' ')), `${one.name} ${words}`);
      }
    }
    for (const line of help.split('\n')) assert.ok(line.length <= WIDTH + 1, line);
  });

  it('has one meaning for a command’s name and says what each is for', () => {
    const names = COMMANDS.map(({ name }) => name);
    assert.equal(new Set(names).size, names.length);
    for (const { name, summary, more } of COMMANDS) {
      assert.match(name, /^[a-z]+$/);
      assert.match(summary, /[^.]$/, `${name}: the stop is set by whoever shows it`);
      if (more) assert.match(more, /^[A-Z]/, name);
    }
  });

  it('shows one command’s help where it is named', async () => {
    const { code, stdout: out } = await captured(() => main(['audit', '--help'], () => createEngine()));
    assert.equal(code, 0);
    assert.match(out, /^ {2}attribution-lens audit MODEL DATA\n/);
    assert.doesNotMatch(out, /attribution-lens explain/);
  });

  it('takes an option in front of the command, too', async () => {
    const { code, stderr: error } = await captured(() =>
      main(['--json', 'layers', 'nowhere.onnx'], () => createEngine()),
    );
    assert.equal(code, 2);
    assert.match(error, /nowhere\.onnx/);
  });

  it('completes commands, options and their words in bash', async function () {
    if (!hasBash) this.skip();
    const { code, stdout: script } = await captured(() => main(['completion', 'bash'], () => createEngine()));
    assert.equal(code, 0);
    const completed = (...words: string[]) => {
      const list = words.map((word) => `'${word}'`).join(' ');
      const ask = `COMP_WORDS=(attribution-lens ${list}); COMP_CWORD=${words.length}; _attribution_lens; echo "\${COMPREPLY[@]}"`;
      const { stdout, stderr } = spawnSync('bash', ['-c', `${script}\n${ask}`], { encoding: 'utf8' });
      assert.equal(stderr, '');
      return stdout.trim();
    };
    assert.equal(completed('ex'), 'explain explainer');
    assert.equal(completed('explain', 'm.onnx', 'd.csv', '--masked'), '--masked-alpha --masked-model');
    assert.equal(completed('explain', 'm.onnx', 'd.csv', '--theme', ''), 'light dark');
    assert.equal(completed('evaluate', 'm.onnx', 'd.csv', '--method', 'al'), 'all');
    assert.equal(completed('explain', 'm.onnx', 'd.csv', '--method', 'al'), '');
    assert.equal(completed('layers', 'm.onnx', '--th'), '', 'an option of another command');
    assert.equal(completed('completion', 'z'), 'zsh');
  });
});
