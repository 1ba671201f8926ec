import assert from 'node:assert/strict';
import { METHODS } from '../../../src/attribution/methods.ts';
import { LAYER_MARKS } from '../../../src/graph/layerMarks.ts';
import { zoneMeaning } from '../../../src/padding/zoneRuns.ts';
import { WORKS } from '../../../src/session/works.ts';
import { read, sources } from './sources.ts';

/** The first argument of a call that translates: `l10n.t('…')`, `say('…')`, `t('…')` where t is one. */
const SAID = /\b(?:l10n\.t|say)\(\s*('(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")/g;
const SHORT = /(?<![.\w])t\(\s*('(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")/g;
/** A call whose text is put together elsewhere: nobody could translate it. */
const OTHER = /(?<![\w])(?:l10n\.t|(?<!\.)t)\(\s*(?!['"\s])([\w.#[\]]+)/g;
/** Where what is handed on comes from. */
const HANDED_ON = [
  ...['caveat', 'mark', 'message'],
  'this.#work.doing',
  'this.#work.nothingOpen',
  'this.#work.title',
  'WORKS[id].title',
];

const editor = sources
  .filter((file) => /^src\/(session|commands|views)\//.test(file))
  .map((file) => [file, read(file)] as const);

function keys(): Set<string> {
  const found = new Set<string>();
  const take = (literal: string) => found.add(JSON.parse(quoted(literal)));
  for (const [file, text] of editor) {
    // They are handed a function of that name; elsewhere `say` is our own.
    const isCore = file.startsWith('src/session/core/') || /\bsay: Say\b/.test(text);
    for (const [call, literal] of text.matchAll(SAID)) if (isCore || call.startsWith('l10n')) take(literal!);
    if (/\bt\b.*= vscode\.l10n/.test(text)) for (const [, literal] of text.matchAll(SHORT)) take(literal!);
  }
  for (const { title, doing, nothingOpen } of Object.values(WORKS)) {
    for (const text of [title, doing, nothingOpen]) found.add(text);
  }
  const handed = [...METHODS.map(({ caveat }) => caveat), ...LAYER_MARKS, ...Object.values(zoneMeaning)];
  for (const text of handed) found.add(text);
  return found;
}

/** A literal of the source as JSON has it. */
function quoted(literal: string): string {
  const inside = literal.slice(1, -1).replaceAll("\\'", "'");
  return literal.startsWith("'") ? `"${inside.replaceAll(/(?<!\\)"/g, '\\"')}"` : literal;
}

const places = (text: string) => [...text.matchAll(/\{\d\}/g)].map(([place]) => place).sort();
const json = (path: string): Record<string, string> => JSON.parse(read(path));

describe('German', () => {
  const said = keys();
  const bundle = json('l10n/bundle.l10n.de.json');

  it('has every text that goes through l10n, and none that is gone', () => {
    assert.ok(said.size > 300, `${said.size} texts`);
    assert.deepEqual(
      [...said].filter((text) => !Object.hasOwn(bundle, text)),
      [],
      'is not in l10n/bundle.l10n.de.json',
    );
    assert.deepEqual(
      Object.keys(bundle).filter((text) => !said.has(text)),
      [],
      'nobody says it any more',
    );
  });

  it('has every text of the manifest, with the same commands and places', () => {
    const [english, german] = [json('package.nls.json'), json('package.nls.de.json')];
    assert.deepEqual(Object.keys(german).sort(), Object.keys(english).sort());
    const links = (text: string) => text.match(/\(command:[^)]*\)|``.+?``/g);
    for (const [key, text] of Object.entries(english))
      assert.deepEqual(links(german[key]!), links(text), key);
    for (const [text, other] of Object.entries(bundle)) assert.deepEqual(places(other), places(text), text);
  });

  it('is German', () => {
    const same = Object.entries(bundle).filter(([text, other]) => text === other || other.trim() === '');
    assert.deepEqual(
      same.map(([text]) => text),
      ['Attribution: {0}', 'Attribution', 'Attribution Lens'].filter((text) => said.has(text)),
    );
  });

  it('would find a text that no literal holds', () => {
    const others = editor
      .filter(([, text]) => text.includes('vscode.l10n'))
      .flatMap(([file, text]) => [...text.matchAll(OTHER)].map(([, what]) => `${file}: ${what}`))
      .filter((one) => !HANDED_ON.includes(one.split(': ')[1]!));
    assert.deepEqual(others, []);
  });
});
