import assert from 'node:assert/strict';
import { type EnvironmentsApi, findInterpreter, type PythonApi } from '../../../src/session/interpreter.ts';

const find = (api: PythonApi | undefined, setting = '', platform: NodeJS.Platform = 'linux') =>
  findInterpreter({ api, setting, platform, folder: '/space', resource: 'script' });

const extension = (fsPath: string | undefined): PythonApi => ({
  environments: {
    getActiveEnvironmentPath: (resource) => ({ path: `env of ${resource}` }),
    resolveEnvironment: async (environment) => {
      assert.deepEqual(environment, { path: 'env of script' });
      return { executable: { uri: fsPath === undefined ? undefined : { fsPath } } };
    },
  },
});

describe('which Python runs a script', () => {
  it('is that of the Python extension', async () => {
    assert.equal(await find(extension('/venv/bin/python'), 'other'), '/venv/bin/python');
  });

  it('is that of Python Environments where both are there, else that of the older API', async () => {
    const both = (environments: EnvironmentsApi) =>
      findInterpreter({
        ...{ environments, api: extension('/old/python'), setting: '', platform: 'linux' },
        ...{ folder: '/space', resource: 'script' },
      });
    const run = { executable: '/new/python' };
    const asked: unknown[] = [];
    const getEnvironment = async (scope: unknown) => {
      asked.push(scope);
      return { execInfo: { run } };
    };
    assert.equal(await both({ getEnvironment }), '/new/python');
    assert.deepEqual(asked, ['script']);
    const failing = async () => assert.fail();
    for (const api of [{}, { getEnvironment: async () => undefined }, { getEnvironment: failing }]) {
      assert.equal(await both(api), '/old/python');
    }
  });

  it('is the setting where the extension is not there, knows none, is of another version or fails', async () => {
    const failing: PythonApi = {
      environments: {
        getActiveEnvironmentPath: () => assert.fail(),
        resolveEnvironment: async () => undefined,
      },
    };
    for (const api of [undefined, extension(undefined), {}, failing]) {
      assert.equal(await find(api, ' python3.12 '), 'python3.12');
    }
  });

  it('starts a relative path of the setting at the workspace folder', async () => {
    assert.equal(await find(undefined, '.venv/bin/python'), '/space/.venv/bin/python');
    assert.equal(await find(undefined, '/usr/bin/python3'), '/usr/bin/python3');
  });

  it('is else what the system calls it', async () => {
    assert.equal(await find(undefined), 'python3');
    assert.equal(await find(undefined, '', 'win32'), 'python');
  });
});
