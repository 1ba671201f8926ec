import { fileURLToPath } from 'node:url';
import { EngineClient } from '../../../src/engine/client.ts';

const client = new EngineClient({
  entry: fileURLToPath(new URL('fakeEngine.ts', import.meta.url)),
  execArgv: ['--import', 'tsx'],
  log: () => {},
});
void client.call('data', { data: 'spin' }, { report: () => process.send?.(client.pid) });
