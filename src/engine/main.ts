import { endWithParent } from './orphan.ts';
import { serve } from './serve.ts';
import { createEngine } from './service.ts';

/** The engine's child process: forked by client.ts, never run by hand. */
endWithParent();
serve(createEngine(), {
  on: process.on.bind(process),
  send: (message) => {
    process.send?.(message);
  },
});
