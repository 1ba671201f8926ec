import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { schemaOf } from '../../src/agents/fields.ts';
import { TOOLS } from '../../src/agents/tools.ts';
import { SWITCH_NAMES } from '../../src/attribution/switches.ts';
import { putWorkCommands } from '../workbench/workCommands.ts';

interface Step {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly media: { readonly image: string; readonly altText: string };
  readonly completionEvents: readonly string[];
}

const repository = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string) => readFileSync(repository + path, 'utf8');
const { contributes } = JSON.parse(read('package.json'));
const words: Readonly<Record<string, string>> = JSON.parse(read('package.nls.json'));
const commands = new Map<string, string>(
  contributes.commands.map((each: { command: string; title: string }) => [each.command, each.title]),
);
const steps: readonly Step[] = contributes.walkthroughs[0].steps;
const said = (key: string) => words[key.slice(1, -1)] ?? assert.fail(`${key} is not in package.nls.json`);

describe('The manifest', () => {
  it('has words for every key, and no words without one', () => {
    const keys = [...read('package.json').matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key!);
    assert.ok(keys.length > 40, `${keys.length} keys`);
    assert.deepEqual([...new Set(keys)].sort(), Object.keys(words).sort());
    assert.deepEqual(
      Object.entries(words).filter(([, text]) => text.trim() === ''),
      [],
    );
  });

  it('has every file that is read by its ending in the menus of the explorer, plain text once', () => {
    const patterns = contributes.menus['explorer/context'].map(
      ({ when }: { when: string }) => new RegExp(/resourceFilename =~ \/(.*?)\/i/.exec(when)![1]!, 'i'),
    );
    const glob = /dataGlob =\s*'\*\*\/\*\.\{(.*)\}'/.exec(read('src/session/dataFiles.ts'))![1]!.split(',');
    const taking = (name: string) => patterns.filter((pattern: RegExp) => pattern.test(name)).length;
    assert.equal(patterns.length, 5);
    for (const ending of glob.filter((one) => one !== 'ts')) assert.equal(taking(`a.${ending}`), 5, ending);
    assert.equal(taking('a.txt'), 1);
    assert.equal(taking('a.md'), 0);
    for (const ending of [
      'csv',
      'tsv',
      'tab',
      'psv',
      'dat',
      'csv.gz',
      'dat.gz',
      'arff',
      'parquet',
      'npz',
      'npy',
    ])
      assert.ok(glob.includes(ending), ending);
  });

  it('says what the stores ask for, and the citation says the same', () => {
    const { version, license, keywords, galleryBanner, homepage, repository, bugs, qna } = JSON.parse(
      read('package.json'),
    );
    for (const address of [homepage, repository.url, bugs.url]) {
      // A name that cannot exist until somebody has chosen one.
      assert.match(address, /^https:\/\/[\w.-]+/);
    }
    assert.ok(keywords.length <= 30 && new Set(keywords).size === keywords.length);
    assert.match(galleryBanner.color, /^#[0-9a-f]{6}$/);
    assert.equal(qna, 'marketplace');
    const citation = read('CITATION.cff');
    assert.match(citation, new RegExp(`^version: ${version.replaceAll('.', '\\.')}$`, 'm'));
    assert.match(citation, new RegExp(`^license: ${license}$`, 'm'));
  });

  it('has the commands of long work as their records say, and gets back those that are gone', () => {
    const [manifest, texts] = [JSON.parse(read('package.json')), { ...words }];
    putWorkCommands(manifest, texts);
    assert.deepEqual([manifest.contributes, texts], [contributes, words]);
    const { menus } = manifest.contributes;
    const gone = { command: 'attribution.cancelAudit' };
    const without = (all: { command: string }[]) => all.filter(({ command }) => command !== gone.command);
    manifest.contributes.commands = without(manifest.contributes.commands);
    menus.commandPalette = without(menus.commandPalette);
    putWorkCommands(manifest, texts);
    assert.deepEqual(manifest.contributes.commands.at(-1), {
      ...{ ...gone, title: '%command.cancelAudit%', category: 'Attribution' },
    });
    assert.deepEqual(menus.commandPalette.at(-1), { ...gone, when: 'attribution.auditing' });
  });

  it('has a title for every command, and every command is registered', () => {
    const registered = read('src/commands/register.ts');
    const works = read('src/session/works.ts');
    for (const [command, title] of commands) {
      const name = command.replace(/^attribution\./, '');
      assert.equal(title, `%command.${name}%`);
      const isToggle = SWITCH_NAMES.some((one) => `toggle${one}`.toLowerCase() === name.toLowerCase());
      const isWork = new RegExp(`\\b(file|instance|cancel): '${name}'`).test(works);
      assert.ok(isWork || isToggle || new RegExp(`^  ${name}\\b(?=[,:])`, 'm').test(registered), command);
    }
  });

  it('announces the agents’ tools as they are', () => {
    const announced = contributes.languageModelTools.map((one: Record<string, unknown>) => ({
      ...{
        name: one.name,
        title: one.displayName,
        description: one.modelDescription,
        schema: one.inputSchema,
      },
    }));
    const tools = TOOLS.map(({ name, title, description, fields }) => ({
      ...{ name, title, description, schema: schemaOf(fields) },
    }));
    assert.deepEqual(announced, JSON.parse(JSON.stringify(tools)), 'npm run format writes them');
    const references = contributes.languageModelTools.map(
      (one: Record<string, unknown>) => one.toolReferenceName,
    );
    assert.equal(new Set(references).size, TOOLS.length);
  });

  it('walks through five steps, each with a picture that is small and said in words', () => {
    assert.deepEqual(
      steps.map(({ id }) => id),
      ['openSample', 'explain', 'pickLayer', 'audit', 'edit'],
    );
    for (const { id, title, description, media } of steps) {
      assert.ok(said(title).length < 60, id);
      assert.ok(said(media.altText).length > 60, `${id} is described`);
      assert.ok(existsSync(repository + media.image), media.image);
      assert.deepEqual([...readFileSync(repository + media.image).subarray(1, 4)], [...Buffer.from('PNG')]);
      assert.ok(statSync(repository + media.image).size < 120_000, media.image);
      // VS Code writes code in a walkthrough with two backticks; one would be shown as it is.
      assert.doesNotMatch(said(description), /(?<!`)`(?!`)/, id);
    }
  });

  it('links, and completes steps by, commands that are there', () => {
    const links = [...steps.map(({ description }) => description), contributes.viewsWelcome[0].contents].map(
      (key) => /\[[^\]]+\]\(command:([\w.]+)/.exec(said(key))?.[1] ?? assert.fail(`${key} has no button`),
    );
    assert.deepEqual(
      links.filter((command) => command.startsWith('attribution.') && !commands.has(command)),
      [],
    );
    for (const { id, completionEvents } of steps) {
      assert.ok(completionEvents.length > 0, id);
      for (const event of completionEvents) {
        const [kind, what] = event.split(':');
        if (kind === 'onCommand') assert.ok(commands.has(what!), event);
        else assert.match(read('src/views/contextKeys.ts'), new RegExp(`'${what!.split('.')[1]}'`), event);
      }
    }
  });

  it('offers the sample in an empty explorer, in one sentence', () => {
    const [{ view, when, contents }] = contributes.viewsWelcome;
    assert.deepEqual([view, when], ['explorer', 'workspaceFolderCount == 0']);
    assert.equal(said(contents).split('\n')[0]!.match(/\./g)?.length, 1);
  });
});
