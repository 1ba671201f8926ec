import assert from 'node:assert/strict';
import { imports, importsOf, read, roomOf, sources, tests } from './sources.ts';

/** Called from outside the repository, or the door of a room that nobody calls yet. */
const DOORS = ['src/extension.ts#activate'];

/** What only tests ask for: what a table holds, and the shortest way into a room. */
const FOR_TESTS: readonly string[] = [
  'src/attribution/methodSession.ts#openMethod',
  'src/cli/arguments.ts#readArguments',
  'src/formats/keras/layers/activations.ts#ACTIVATION_NAMES',
  'src/formats/pt2/operators.ts#readOperators',
  'src/formats/tfjs/graphModel/operators.ts#supportedOperators',
  'src/graph/gradient/appendGradient.ts#appendGradient',
  'src/graph/gradient/registry.ts#supportedOperators',
  'src/graph/masking/maskedNode.ts#masksByName',
  'src/runtime/tfjs/registry.ts#operatorNames',
];

interface Export {
  readonly id: string;
  readonly file: string;
  readonly hasComment: boolean;
}

/** Commands, options, tools and methods say what they are to the person who asks for help: no comment says it again. */
const SAYS_ITSELF =
  /^[^\n]*(?:= (?:command|tool|choice|count|flag|file)\(|: (?:Graph|Runs)Method<'[\w-]+'> = \{)/;

const FORM =
  /^export (?:declare )?(?:abstract )?(?:async )?(?:function\*?|class|const|let|interface|type|enum) (\w+)/gm;

const exported: readonly Export[] = sources.flatMap((file) => {
  const text = read(file);
  // Overloads are one export.
  const made = new Map<string, Export>();
  for (const match of text.matchAll(FORM)) {
    const id = `${file}#${match[1]}`;
    const hasComment =
      made.get(id)?.hasComment ||
      text.slice(0, match.index).trimEnd().endsWith('*/') ||
      SAYS_ITSELF.test(text.slice(match.index));
    made.set(id, { id, file, hasComment });
  }
  for (const match of text.matchAll(/^export (?:type )?\{([^}]*)\}/gm)) {
    for (const name of match[1]!.split(',').map((each) => each.trim().replace(/^.* as |^type /, ''))) {
      if (name) made.set(`${file}#${name}`, { id: `${file}#${name}`, file, hasComment: true });
    }
  }
  return [...made.values()];
});

/** By export, who imports it; a file that is loaded when it is needed counts with all its exports. */
const callers = new Map<string, string[]>();
for (const { from, to, names } of [...imports, ...tests.flatMap(importsOf)]) {
  for (const name of names.length ? names : ['*']) {
    const id = `${to}#${name}`;
    callers.set(id, [...(callers.get(id) ?? []), from]);
  }
}
const callersOf = ({ id, file }: Export) => [...(callers.get(id) ?? []), ...(callers.get(`${file}#*`) ?? [])];

describe('What files hand out', () => {
  it('is read at all', () => {
    assert.ok(exported.length > 1000);
    const refusal = exported.find(({ id }) => id === 'src/refusal.ts#Refusal')!;
    assert.ok(callersOf(refusal).length > 100);
  });

  it('is called by somebody', () => {
    const unused = exported.filter((one) => callersOf(one).length === 0).map(({ id }) => id);
    assert.deepEqual(
      // What other people's programs call.
      unused.filter((id) => !DOORS.includes(id) && !id.startsWith('src/api.ts#')),
      [],
      'leave out `export`, or the whole of it',
    );
    assert.deepEqual(
      DOORS.filter((id) => !unused.includes(id)),
      [],
      'is called by now: no need to say it here',
    );
  });

  it('is called by somebody other than a test, or by its own file', () => {
    const inSource = new Set(
      imports.flatMap(({ to, names }) => (names.length ? names : ['*']).map((name) => `${to}#${name}`)),
    );
    const onlyByTests = exported.filter(({ id, file }) => {
      const name = id.slice(file.length + 1);
      const uses = read(file).match(new RegExp(`\\b${name}\\b`, 'g'))!.length;
      return uses === 1 && !inSource.has(id) && !inSource.has(`${file}#*`) && !DOORS.includes(id);
    });
    assert.deepEqual(onlyByTests.map(({ id }) => id).sort(), FOR_TESTS, 'nobody needs it but a test');
  });

  it('says what it is, with shapes, units and errors', () => {
    const silent = exported.filter((one) => !one.hasComment);
    assert.deepEqual(
      silent.map(({ id }) => id),
      [],
    );
  });

  it('has one name for one thing: no type of one room is called as that of another', () => {
    // The same thing on both sides of a border.
    const same = ['JsonObject', 'SeriesEdit'];
    const rooms = new Map<string, Set<string>>();
    for (const file of sources) {
      for (const [, name] of read(file).matchAll(/^export (?:abstract )?(?:class|interface|type) (\w+)/gm)) {
        rooms.set(name!, (rooms.get(name!) ?? new Set()).add(roomOf(file)));
      }
    }
    assert.ok(rooms.has('Session') && rooms.has('Run'));
    const twice = [...rooms].filter(([name, { size }]) => size > 1 && !same.includes(name));
    assert.deepEqual(
      twice.map(([name, where]) => `${name}: ${[...where].join(', ')}`),
      [],
    );
  });
});
