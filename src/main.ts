#!/usr/bin/env node

declare const PACKAGE_VERSION: string;

const [first] = process.argv.slice(2);

// Without an import, even of its own version: each file costs a start 1 to 2 ms.
if (first === '--version' || first === '-V') process.stdout.write(`${PACKAGE_VERSION}\n`);
else {
  const { runProgram } = await import('./commands/program.ts');
  process.exitCode = await runProgram(process.argv.slice(2));
}
