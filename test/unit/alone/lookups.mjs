import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

// Preloaded into every process of a run: writes down each path that is looked at outside the folders it may use.
const { ALONE_INSIDE = '[]', ALONE_LOOKUPS = '' } = process.env;
// Without regard to case: tsx asks whether the file system has any.
const inside = JSON.parse(ALONE_INSIDE).map((folder) => folder.toLowerCase());
const note = fs.appendFileSync;
const asking = [
  ...[
    'access',
    'copyFile',
    'cp',
    'exists',
    'lstat',
    'open',
    'opendir',
    'readdir',
    'readFile',
    'readlink',
    'realpath',
    'stat',
  ],
  ...['createReadStream', 'openAsBlob'],
];

const watch = (owner, name) => {
  const real = owner[name];
  if (typeof real !== 'function') return;
  owner[name] = function (path, ...rest) {
    const called = path instanceof URL ? (path.protocol === 'file:' ? fileURLToPath(path) : undefined) : path;
    if (typeof called === 'string' || Buffer.isBuffer(called)) {
      const place = resolve(String(called));
      const plain = place.toLowerCase();
      if (!inside.some((folder) => plain === folder || plain.startsWith(folder + sep))) {
        note(ALONE_LOOKUPS, `${name} ${place}\n`);
      }
    }
    return real.call(this, path, ...rest);
  };
  Object.assign(owner[name], real);
};
for (const name of asking) {
  watch(fs, name);
  watch(fs, `${name}Sync`);
  watch(fs.promises, name);
}
syncBuiltinESMExports();
