import { endBySignal } from './cli/endBySignal.ts';
import { main } from './cli/main.ts';

endBySignal();
// What a stream has against us is told to the one who writes; without a listener it would end the process.
process.stdout.on('error', () => {});
process.stderr.on('error', () => {});
main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
