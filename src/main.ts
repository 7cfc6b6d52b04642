#!/usr/bin/env node
import { packageVersion } from './version.ts';

const [first] = process.argv.slice(2);

if (first === '--version' || first === '-V') process.stdout.write(`${packageVersion}\n`);
else {
  const { runProgram } = await import('./commands/program.ts');
  process.exitCode = await runProgram(process.argv.slice(2));
}
