import { EngineClient } from '../../../src/engine/client.ts';

/** `spinningParent ENGINE` */
const client = new EngineClient({
  entry: process.argv[2]!,
  log: () => {},
});
void client.call('data', { data: 'spin' }, { report: () => process.send?.(client.pid) });
