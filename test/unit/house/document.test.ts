import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { GROUND, ROOMS } from './rooms.ts';
import { read, roomOf, root, sources } from './sources.ts';

const text = read('docs/architecture.md');
const drawing = text.split('```')[1]!;
const rooms = Object.keys(ROOMS);
const declared = new Set(
  sources.flatMap((file) =>
    [...read(file).matchAll(/^export (?:abstract )?(?:class|interface|type) (\w+)/gm)].map(
      ([, name]) => name!,
    ),
  ),
);

describe('docs/architecture.md', () => {
  it('draws every room', () => {
    const words = new Set(drawing.match(/[a-z]+/g));
    assert.deepEqual(
      rooms.filter((room) => !words.has(room)),
      [],
    );
  });

  it('draws what is there: types by their names, formats that are read', () => {
    const others = ['ONNX', 'Runtime', 'TensorFlow', 'WebAssembly'];
    const types = new Set(drawing.match(/\b[A-Z]\w+/g));
    assert.ok(types.has('Case') && types.has('Explanation'));
    assert.deepEqual(
      [...types].filter((name) => !others.includes(name) && !declared.has(name)),
      [],
    );
    const [data, models] = [/^ (.*?) ──► data/m, /^ (.*?) ──► formats/m].map((form) =>
      form.exec(drawing)![1]!.split(' '),
    );
    for (const name of data!) assert.match(read('src/data/readFile.ts'), new RegExp(`'\\.${name}'`));
    const folders = readdirSync(join(root, 'src/formats'), { withFileTypes: true });
    assert.deepEqual(
      folders
        .filter((one) => one.isDirectory())
        .map(({ name }) => name)
        .sort(),
      models!.sort(),
    );
  });

  it('says of every room what it does, and of none that is not there', () => {
    const table = text.slice(text.indexOf('| room |'), text.indexOf('Methods, audits'));
    const told = [...table.matchAll(/`((?:src\/|webview\/)[^`]*)`/g)]
      .map(([, path]) => path!)
      .filter((path) => path.split('/').filter(Boolean).length <= 2);
    assert.deepEqual([...new Set(told.map(roomOf))].sort(), [...GROUND, ...rooms].sort());
  });

  it('names files, folders and types that are there', () => {
    const namedIn = (one: string) => [...one.matchAll(/`([^`\n]+)`/g)].map(([, name]) => name!);
    const named = namedIn(text);
    const paths = [...named, ...namedIn(read('CONTRIBUTING.md'))].filter((name) =>
      /^(src|test|webview|media|docs)\/[\w./]*$/.test(name),
    );
    assert.ok(paths.length > 30);
    assert.deepEqual(
      paths.filter((path) => !existsSync(join(root, path))),
      [],
    );
    const types = named.filter((name) => /^[A-Z][A-Za-z]+$/.test(name) && name !== 'ImageData');
    assert.deepEqual(
      types.filter((name) => !declared.has(name)),
      [],
    );
  });

  it('counts the operators as the README does', () => {
    const [, count] = /<summary>Operators the gradient passes \((\d+)\)/.exec(read('README.md'))!;
    assert.ok(text.includes(`${count} operators have a rule`));
  });
});
