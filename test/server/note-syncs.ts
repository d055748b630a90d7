// Loaded before a collector: of each file, writes down into the file PAGEFAULT_SYNCS names how much of it is on the disk, as
// soon as that is sure. Its disk is slow.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const { fdatasync } = fs;
const slowMs = 100;
const noted = process.env['PAGEFAULT_SYNCS'] ?? '';

const noting = (file: number, done: fs.NoParamCallback) => {
  // What is written from now on may not be part of it.
  const { size } = fs.fstatSync(file);
  setTimeout(() => {
    fdatasync(file, (error) => {
      if (!error) fs.writeFileSync(noted, String(size));
      done(error);
    });
  }, slowMs);
};
fs.fdatasync = Object.assign(noting, { __promisify__: fdatasync.__promisify__ });
syncBuiltinESMExports();
