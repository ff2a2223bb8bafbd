/**
 * Stands in for the native module @vscode/spdlog in VS Code's server, which is installed without compiling anything.
 * Without it every output channel of an extension stays empty, because its text is carried by these log files.
 * Same functions, plain file writes, the pattern VS Code sets.
 */
const fs = require('node:fs');
const path = require('node:path');

const names = ['trace', 'debug', 'info', 'warning', 'error', 'critical', 'off'];

exports.version = 0;
exports.setLevel = () => {};
// Every line is written at once.
exports.setFlushOn = () => {};

class Logger {
  constructor(_kind, _name, file, maxBytes, maxFiles) {
    this.file = file;
    this.maxBytes = maxBytes;
    this.maxFiles = maxFiles;
    this.level = 2;
    this.plain = false;
    this.fd = fs.openSync(file, 'a');
    this.size = fs.fstatSync(this.fd).size;
  }

  write(level, message) {
    if (level < this.level || this.fd === undefined) return;
    const text = this.plain ? message : `${timestamp(new Date())} [${names[level]}] ${message}\n`;
    if (this.size > 0 && this.size + text.length > this.maxBytes) this.rotate();
    this.size += fs.writeSync(this.fd, text);
  }

  rotate() {
    fs.closeSync(this.fd);
    const { dir, name, ext } = path.parse(this.file);
    const old = number => path.join(dir, `${name}.${number}${ext}`);
    for (let number = this.maxFiles - 1; number >= 1; number--) {
      const from = number === 1 ? this.file : old(number - 1);
      if (fs.existsSync(from)) fs.renameSync(from, old(number));
    }
    this.fd = fs.openSync(this.file, 'w');
    this.size = 0;
  }

  trace(message) {
    this.write(0, message);
  }
  debug(message) {
    this.write(1, message);
  }
  info(message) {
    this.write(2, message);
  }
  warn(message) {
    this.write(3, message);
  }
  error(message) {
    this.write(4, message);
  }
  critical(message) {
    this.write(5, message);
  }
  getLevel() {
    return this.level;
  }
  setLevel(level) {
    this.level = level;
  }
  setPattern() {
    this.plain = false;
  }
  clearFormatters() {
    this.plain = true;
  }
  flush() {}
  drop() {
    if (this.fd !== undefined) fs.closeSync(this.fd);
    this.fd = undefined;
  }
}

function timestamp(date) {
  const two = value => String(value).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  const time = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
  return `${day} ${time}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}

async function create(kind, name, file, maxBytes, maxFiles) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  return new Logger(kind, name, file, maxBytes, maxFiles);
}

exports.Logger = Logger;
exports.createRotatingLogger = (...args) => create('rotating', ...args);
exports.createAsyncRotatingLogger = (...args) => create('rotating_async', ...args);
