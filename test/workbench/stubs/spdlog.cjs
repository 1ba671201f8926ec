// Stands in for @vscode/spdlog, which only writes log files.
const { appendFileSync, mkdirSync } = require('node:fs');
const { dirname } = require('node:path');

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'critical'];

class Logger {
  constructor(file) {
    this.file = file;
    this.level = 0;
    this.plain = false;
    this.pending = '';
    for (const [severity, name] of levels.entries())
      this[name] = (message) => this.write(severity, name, message);
  }

  write(severity, name, message) {
    if (severity < this.level || !this.file) return;
    this.pending += this.plain ? message : `${new Date().toISOString()} [${name}] ${message}\n`;
    this.timer ??= setTimeout(() => this.flush(), 20);
  }

  flush() {
    clearTimeout(this.timer);
    this.timer = undefined;
    try {
      if (this.pending) appendFileSync(this.file, this.pending);
    } catch {
      // The folder is gone at the end of a test.
    }
    this.pending = '';
  }

  getLevel() {
    return this.level;
  }

  setLevel(level) {
    this.level = level;
  }

  setPattern() {}

  clearFormatters() {
    this.plain = true;
  }

  drop() {
    this.flush();
    this.file = undefined;
  }
}

async function createLogger(_name, file) {
  mkdirSync(dirname(file), { recursive: true });
  appendFileSync(file, '');
  return new Logger(file);
}

// One by one: VS Code imports this as an ES module and finds no names in an object put together.
exports.version = 0;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.Logger = Logger;
exports.createRotatingLogger = createLogger;
exports.createAsyncRotatingLogger = createLogger;
