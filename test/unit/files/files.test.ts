import assert from 'node:assert/strict';
import {
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AtomicFile, writeAtomically } from '../../../src/files/atomicFile.ts';
import { checkTarget } from '../../../src/files/checkTarget.ts';
import { readHead, readSmall } from '../../../src/files/readSmall.ts';
import { removeUnfinished } from '../../../src/files/unfinished.ts';
import { refusal } from '../refusal.ts';
import { isPosix, mkfifo } from './posix.ts';

describe('files', () => {
  let folder: string;
  const at = (name: string) => join(folder, name);
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'attribution-files-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const posix = (title: string, work: () => Promise<void>) => (isPosix ? it(title, work) : it.skip(title));

  describe('read as small ones', () => {
    it('are read whole up to the most, refused beyond', async () => {
      writeFileSync(at('a.json'), 'x'.repeat(1000));
      assert.equal((await readSmall(at('a.json'), 1000)).length, 1000);
      assert.equal((await readHead(at('a.json'), 10)).length, 10);
      await assert.rejects(readSmall(at('a.json'), 999), refusal('file-too-large', /^a\.json is larger/));
      writeFileSync(at('empty.json'), '');
      assert.equal((await readSmall(at('empty.json'), 1000)).length, 0);
    });

    it('are regular files', async () => {
      await assert.rejects(readSmall(folder, 10), refusal('file-unreadable', /is (not a file|a folder)\.$/));
      await assert.rejects(readSmall(at('none'), 10), refusal('file-missing', /^none does not exist\.$/));
      await assert.rejects(
        readSmall(at('a\0b'), 10),
        refusal('file-unreadable', /name that no file can have/),
      );
      await assert.rejects(readSmall(at('a'.repeat(300)), 10), refusal('file-unreadable', /too long a name/));
    });

    posix('are no pipe nobody writes to, no endless device, no link to itself', async () => {
      mkfifo(at('pipe'));
      symlinkSync('/dev/zero', at('zero'));
      symlinkSync('loop', at('loop'));
      for (const name of ['pipe', 'zero']) {
        await assert.rejects(readSmall(at(name), 1000), refusal('file-unreadable', /is not a file\.$/));
        await assert.rejects(readHead(at(name), 1000), refusal('file-unreadable', /is not a file\.$/));
      }
      await assert.rejects(readSmall(at('loop'), 10), refusal('file-unreadable', /leads back to itself/));
    });

    it('may say that they are empty and hold something', async function () {
      if (process.platform !== 'linux') this.skip();
      assert.ok((await readSmall('/proc/self/status', 100_000)).length > 100);
    });
  });

  describe('written', () => {
    it('take their name when they are complete; what stood there stays until then', async () => {
      writeFileSync(at('o.json'), 'before');
      const file = await AtomicFile.open(at('o.json'));
      await file.write('aft');
      await file.write(Buffer.from('er'));
      assert.equal(readFileSync(at('o.json'), 'utf8'), 'before');
      await file.commit();
      assert.equal(readFileSync(at('o.json'), 'utf8'), 'after');
      assert.deepEqual(readdirSync(folder), ['o.json']);
    });

    it('leave nothing behind when they are given up, or the process ends', async () => {
      await (await AtomicFile.open(at('a'))).abandon();
      const left = await AtomicFile.open(at('b'));
      assert.equal(readdirSync(folder).length, 1);
      removeUnfinished();
      assert.deepEqual(readdirSync(folder), []);
      await left.abandon();
    });

    it('by several at once end as one of them, whole', async () => {
      const texts = Array.from({ length: 12 }, (_, i) => String(i % 10).repeat(3_000_000));
      await Promise.all(texts.map((text) => writeAtomically(at('o.json'), text)));
      assert.ok(texts.includes(await readFile(at('o.json'), 'utf8')));
      assert.deepEqual(readdirSync(folder), ['o.json']);
    });

    it('are refused where a folder stands or none is', async () => {
      mkdirSync(at('there'));
      await assert.rejects(writeAtomically(at('there'), ''), refusal('cannot-write', /it is a folder/));
      await assert.rejects(
        writeAtomically(at('none/o.json'), ''),
        refusal('cannot-write', /the folder does not exist/),
      );
      await assert.rejects(writeAtomically(at('a\0'), ''), refusal('cannot-write', /that no file can have/));
      await assert.rejects(
        writeAtomically(at('a'.repeat(300)), ''),
        refusal('cannot-write', /too long a name/),
      );
      writeFileSync(at('long'.repeat(62)), '');
      await writeAtomically(at('long'.repeat(62)), 'fits');
    });

    posix('keep the rights of the file before; a link is replaced and not followed', async () => {
      writeFileSync(at('o.json'), '');
      chmodSync(at('o.json'), 0o600);
      await writeAtomically(at('o.json'), 'x');
      assert.equal(statSync(at('o.json')).mode & 0o777, 0o600);
      writeFileSync(at('precious'), 'do not touch');
      for (const target of ['precious', 'nowhere', 'link']) {
        rmSync(at('link'), { force: true });
        symlinkSync(target, at('link'));
        await writeAtomically(at('link'), 'x');
        assert.ok(lstatSync(at('link')).isFile());
      }
      assert.equal(readFileSync(at('precious'), 'utf8'), 'do not touch');
      assert.ok(!existsSync(at('nowhere')));
    });

    posix('go straight into devices and pipes', async () => {
      await writeAtomically('/dev/null', 'x');
      mkfifo(at('pipe'));
      const read = readFile(at('pipe'), 'utf8');
      await writeAtomically(at('pipe'), 'through');
      assert.equal(await read, 'through');
      assert.ok(lstatSync(at('pipe')).isFIFO());
    });
  });

  describe('that are read are not overwritten', () => {
    it('by the same name, through a link, a hard link or another way', async () => {
      writeFileSync(at('data.csv'), 'a');
      writeFileSync(at('other.csv'), 'a');
      linkSync(at('data.csv'), at('hard.csv'));
      const ways = ['data.csv', 'hard.csv', join('..', folder.split(/[\\/]/).at(-1)!, 'data.csv')];
      if (isPosix) {
        symlinkSync('data.csv', at('soft.csv'));
        ways.push('soft.csv');
      }
      for (const out of ways) {
        await assert.rejects(
          checkTarget(at(out), [undefined, at('data.csv')]),
          refusal('output-is-input', /is read.*not overwritten; name another/),
        );
      }
      await checkTarget(at('other.csv'), [at('data.csv')]);
      await checkTarget(at('new.csv'), [at('data.csv')]);
      await checkTarget(undefined, [at('data.csv')]);
      await assert.rejects(
        checkTarget(at('gone.csv'), [at('gone.csv')]),
        refusal('output-is-input', /is read/),
      );
    });
  });
});
