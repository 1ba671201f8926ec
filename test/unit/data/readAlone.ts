import { readDataset } from '../../../src/data/readDataset.ts';

/** A process that reads one file and says what it holds and what that took, in bytes. */
readDataset({ path: process.argv[2]! }, {}).then(({ instances }) => {
  const { values } = instances.at(-1)!;
  const sum = values.reduce((total, value) => total + value, 0);
  const most = 1024 * process.resourceUsage().maxRSS;
  console.log(
    JSON.stringify({ instances: instances.length, sum, most, kept: process.memoryUsage().arrayBuffers }),
  );
});
